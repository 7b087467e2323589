package io.minerops.core.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.profit.Difficulty;
import io.minerops.api.profit.DifficultySource;
import io.minerops.api.profit.MarketException;
import io.minerops.core.TestClock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The cache itself is tested with prices; here is what is particular to difficulty. */
class MarketDataDifficultyTest {
    private final TestClock clock = new TestClock();
    private final AtomicInteger queries = new AtomicInteger();
    private volatile boolean closed;
    private final MarketData market = new MarketData(
            MarketSources.fixedPrice(1, clock),
            new DifficultySource() {
                @Override
                public String name() {
                    return "node";
                }

                @Override
                public CompletionStage<Difficulty> difficulty() {
                    int query = queries.incrementAndGet();
                    return closed
                            ? CompletableFuture.failedFuture(new MarketException("node: gone"))
                            : CompletableFuture.completedFuture(
                                    new Difficulty(query * 1e14, "node", clock.instant(), false));
                }
            },
            clock);

    @Test
    void a_value_is_kept_for_half_an_hour() {
        Await.value(market.difficulty());
        clock.advance(Duration.ofMinutes(30).minusNanos(1));
        assertThat(Await.value(market.difficulty()).value()).isEqualTo(1e14);

        clock.advance(Duration.ofNanos(1));
        assertThat(Await.value(market.difficulty()).value()).isEqualTo(2e14);
    }

    @Test
    void a_stale_value_is_given_while_the_source_fails() {
        Difficulty first = Await.value(market.difficulty());
        closed = true;
        clock.advance(Duration.ofHours(2));

        assertThat(Await.value(market.difficulty())).isEqualTo(first.asStale());
        assertThat(market.lastDifficulty()).contains(first.asStale());
        assertThat(market.difficultyStatus()).isEqualTo(new MarketStatus("node", TestClock.START, true, "node: gone"));
    }

    @Test
    void the_status_without_a_value_names_the_source() {
        assertThat(market.difficultyStatus()).isEqualTo(new MarketStatus("node", null, false, null));
    }
}
