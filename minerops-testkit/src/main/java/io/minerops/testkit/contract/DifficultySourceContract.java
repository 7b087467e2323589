package io.minerops.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.profit.DifficultySource;
import io.minerops.api.profit.MarketException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link DifficultySource} must do: give the difficulty that the service gives, or none. */
public abstract class DifficultySourceContract {
    private static final Duration SOON = Duration.ofSeconds(20);

    private DifficultySource source;

    /** For subclasses. */
    protected DifficultySourceContract() {}

    /** The source under test. */
    protected abstract DifficultySource source();

    /** Has the service behind the source give this difficulty, and give it again after a failure. */
    protected abstract void serviceGives(double difficulty);

    /** Has the service fail until it is to give a difficulty. */
    protected abstract void serviceFails();

    @BeforeEach
    public final void openSource() {
        source = source();
    }

    @Test
    public void the_difficulty_is_that_of_the_network() {
        double difficulty = 155_973_032_196_071.9;
        serviceGives(difficulty);

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
        serviceFails();

        assertThat(source.difficulty().toCompletableFuture())
                .failsWithin(SOON)
                .withThrowableThat()
                .isInstanceOf(ExecutionException.class)
                .withCauseInstanceOf(MarketException.class);
    }
}
