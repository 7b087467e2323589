package io.minerops.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.profit.DifficultySource;
import io.minerops.api.profit.MarketException;
import io.minerops.testkit.market.Endpoint;
import io.minerops.testkit.market.FakeMarket;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link DifficultySource} must do: give the difficulty that the service gives, or none. */
public abstract class DifficultySourceContract {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final FakeMarket market = FakeMarket.start();
    private DifficultySource source;

    /** For subclasses. */
    protected DifficultySourceContract() {}

    /** The source under test, querying that market. */
    protected abstract DifficultySource source(FakeMarket market);

    /** The query that it sends. */
    protected abstract Endpoint endpoint();

    @BeforeEach
    public final void openSource() {
        source = source(market);
    }

    @AfterEach
    public final void closeMarket() {
        market.close();
    }

    @Test
    public void the_difficulty_is_that_of_the_network() {
        double difficulty = 155_973_032_196_071.9;
        market.difficulty(difficulty);

        assertThat(source.difficulty().toCompletableFuture())
                .succeedsWithin(SOON)
                .satisfies(known -> {
                    // the services write 15 to 17 digits
                    assertThat(known.value()).isCloseTo(difficulty, within(difficulty * 1e-12));
                    assertThat(known.source()).isEqualTo(source.name()).isNotBlank();
                    assertThat(known.stale()).isFalse();
                });
    }

    @Test
    public void a_service_that_fails_gives_none() {
        market.fail(endpoint(), 502);

        assertThat(source.difficulty().toCompletableFuture())
                .failsWithin(SOON)
                .withThrowableThat()
                .isInstanceOf(ExecutionException.class)
                .withCauseInstanceOf(MarketException.class);
    }
}
