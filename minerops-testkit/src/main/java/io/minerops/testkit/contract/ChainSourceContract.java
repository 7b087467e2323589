package io.minerops.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.profit.ChainSource;
import io.minerops.api.profit.Epoch;
import io.minerops.api.profit.MarketException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link ChainSource} must do: give the chain that the service gives, or none. */
public abstract class ChainSourceContract {
    private static final Duration SOON = Duration.ofSeconds(20);

    private ChainSource source;

    /** For subclasses. */
    protected ChainSourceContract() {}

    /** The source under test. */
    protected abstract ChainSource source();

    /** Has the service give this chain and this epoch, which began below the height, and again after a failure. */
    protected abstract void serviceGives(long height, double meanFeesBtc, Epoch epoch);

    /** Has the service fail until it is to give a chain. */
    protected abstract void serviceFails();

    @BeforeEach
    public final void openSource() {
        source = source();
    }

    @Test
    public void the_chain_and_its_epochs_are_those_of_the_network() {
        // difficulty 132,472,011,079,030.52
        Epoch epoch = new Epoch(470, 0x17021ff0, Instant.ofEpochSecond(1_777_900_000), false);
        serviceGives(948_001, 0.0251, epoch);

        assertThat(source.chain().toCompletableFuture()).succeedsWithin(SOON).satisfies(known -> {
            assertThat(known.height()).isEqualTo(948_001);
            assertThat(Objects.requireNonNull(known.meanFeesBtc())).isCloseTo(0.0251, within(1e-8));
            assertThat(known.source()).isEqualTo(source.name()).isNotBlank();
            assertThat(known.stale()).isFalse();
        });
        assertThat(source.epochsFrom(470).toCompletableFuture())
                .succeedsWithin(SOON)
                .satisfies(epochs -> assertThat(epochs).isIn(List.of(), List.of(epoch)));
    }

    @Test
    public void a_service_that_fails_gives_none() {
        serviceFails();

        assertThat(source.chain().toCompletableFuture())
                .failsWithin(SOON)
                .withThrowableThat()
                .isInstanceOf(ExecutionException.class)
                .withCauseInstanceOf(MarketException.class);
    }
}
