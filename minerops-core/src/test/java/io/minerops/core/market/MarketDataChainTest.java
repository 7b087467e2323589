package io.minerops.core.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.profit.ChainSource;
import io.minerops.api.profit.ChainState;
import io.minerops.api.profit.Epoch;
import io.minerops.api.profit.MarketException;
import io.minerops.core.TestClock;
import io.minerops.core.network.CompactBits;
import io.minerops.core.network.EpochTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cache itself is tested with prices; here is what is particular to the chain and its epochs. */
class MarketDataChainTest {
    private static final Epoch KNOWN = EpochTable.shipped().epoch(436).orElseThrow();
    private static final Epoch NEW =
            new Epoch(484, CompactBits.ofDifficulty(131e12), TestClock.START.minus(Duration.ofDays(6)), false);

    private final TestClock clock = new TestClock();
    private final Scripted first = new Scripted("first");
    private final Scripted second = new Scripted("second");
    private final MarketData market = new MarketData(
            MarketSources.fixedPrice(1, clock),
            MarketSources.fixedDifficulty(1, clock),
            List.of(first, second),
            null,
            clock);

    private final class Scripted implements ChainSource {
        private final String name;
        private final List<Epoch> epochs = new ArrayList<>();
        private final List<Integer> queried = new ArrayList<>();
        private long height = 976_700;
        private boolean closed;

        Scripted(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public CompletionStage<ChainState> chain() {
            return closed
                    ? CompletableFuture.failedFuture(new MarketException(name + ": gone"))
                    : CompletableFuture.completedFuture(new ChainState(height, 0.02, name, clock.instant(), false));
        }

        @Override
        public CompletionStage<List<Epoch>> epochsFrom(int number) {
            queried.add(number);
            return CompletableFuture.completedFuture(epochs);
        }
    }

    @Test
    void a_chain_is_kept_for_ten_minutes() {
        Await.value(market.chain());
        first.height++;
        clock.advance(Duration.ofMinutes(10).minusNanos(1));
        assertThat(Await.value(market.chain()).height()).isEqualTo(976_700);

        clock.advance(Duration.ofNanos(1));
        assertThat(Await.value(market.chain()).height()).isEqualTo(976_701);
    }

    @Test
    void a_refusal_is_announced_once_until_the_source_is_accepted_again() {
        List<String> refusals = new ArrayList<>();
        market.onRefusal(refusals::add);
        second.closed = true;

        for (long height : new long[] {5_000_000, 5_000_001, 976_700, 5_000_002}) {
            first.height = height;
            clock.advance(Duration.ofHours(1));
            market.chain()
                    .handle((chain, failure) -> chain)
                    .toCompletableFuture()
                    .join();
        }

        assertThat(refusals).hasSize(2);
        assertThat(refusals.get(0)).startsWith("first: refused, height 5000000 is not possible");
        assertThat(refusals.get(1)).startsWith("first: refused, height 5000002 is not possible");
    }

    @Test
    void without_a_source_there_is_none() {
        MarketData offline =
                new MarketData(MarketSources.fixedPrice(1, clock), MarketSources.fixedDifficulty(1, clock), clock);

        assertThat(Await.failure(offline.chain())).hasMessage("no source of the chain is set");
        assertThat(offline.lastChain()).isEmpty();
        assertThat(offline.epochs()).isSameAs(EpochTable.shipped());
    }

    @Test
    void a_source_extends_the_table_of_epochs() {
        first.epochs.add(NEW);

        Await.value(market.chain());

        assertThat(market.epochs().at(clock.instant())).contains(NEW);
        assertThat(first.queried).containsExactly(437);
        assertThat(EpochTable.shipped().epoch(484)).isEmpty();
    }

    @Test
    void a_known_epoch_that_a_source_gives_too_changes_nothing() {
        first.epochs.add(KNOWN);

        assertThat(Await.value(market.chain()).source()).isEqualTo("first");
        assertThat(market.epochs().epochs()).isEqualTo(EpochTable.shipped().epochs());
    }

    @Test
    void a_source_that_contradicts_a_known_epoch_is_refused_and_the_next_one_is_queried() {
        first.epochs.add(new Epoch(KNOWN.number(), NEW.bits(), KNOWN.startedAt(), false));
        second.epochs.add(NEW);

        assertThat(Await.value(market.chain()).source()).isEqualTo("second");
        assertThat(market.epochs().epoch(436)).contains(KNOWN);
        assertThat(market.epochs().epoch(484)).contains(NEW);
    }

    @Test
    void the_status_names_the_contradiction_where_no_source_is_left() {
        first.epochs.add(new Epoch(KNOWN.number(), NEW.bits(), KNOWN.startedAt(), false));
        second.closed = true;

        Await.failure(market.chain());

        assertThat(market.chainStatus().lastError())
                .contains(
                        "first: refused, contradicts the epoch table: difficulty of epoch 436 is 1.1045190737464952E14")
                .contains("second: gone");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 953_568, 900_000, 990_000, 1_050_000, Integer.MAX_VALUE})
    void a_height_that_the_time_does_not_allow_is_refused(long height) {
        first.height = height;

        assertThat(Await.value(market.chain()).source()).isEqualTo("second");
    }

    @Test
    void an_epoch_above_the_height_is_not_taken() {
        first.epochs.add(new Epoch(485, NEW.bits(), Instant.parse("2026-11-28T00:00:00Z"), false));

        Await.value(market.chain());

        assertThat(market.epochs().epoch(485)).isEmpty();
    }

    @Test
    void a_stale_chain_is_given_while_the_sources_fail() {
        ChainState chain = Await.value(market.chain());
        first.closed = true;
        second.closed = true;
        clock.advance(Duration.ofHours(2));

        assertThat(Await.value(market.chain())).isEqualTo(chain.asStale());
        assertThat(market.chainStatus().stale()).isTrue();
    }
}
