package io.minerops.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.ControlAction;
import io.minerops.api.miner.ControlResult;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerControl;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link MinerControl} must do with a device that accepts commands, one that does not respond, and none. */
public abstract class MinerControlContract {
    private static final Duration AMPLE = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);

    private MinerControl control;

    /** For subclasses. */
    protected MinerControlContract() {}

    /** A new control; closed after the test. */
    protected abstract MinerControl control();

    /** Where a device accepts {@link #action()}. */
    protected abstract MinerAddress accepting();

    /** Where a device accepts connections and never responds. */
    protected abstract MinerAddress unresponsive();

    /** Where there is no device. */
    protected abstract MinerAddress absent();

    /** An action that the accepting device offers; a restart by default. */
    protected ControlAction action() {
        return new ControlAction.Restart();
    }

    @BeforeEach
    public final void openControl() {
        control = control();
    }

    @AfterEach
    public final void closeControl() {
        control.close();
    }

    @Test
    public void a_device_that_accepts_the_action_does_it_and_says_what() {
        ControlResult result = ended(perform(accepting(), AMPLE));

        assertThat(result)
                .isInstanceOfSatisfying(
                        ControlResult.Done.class,
                        done -> assertThat(done.effect()).isNotBlank());
        assertThat(result.miner()).isEqualTo(accepting());
    }

    @Test
    public void an_unresponsive_device_costs_its_deadline_and_is_a_failure() {
        ControlResult result = ended(perform(unresponsive(), SHORT));

        assertThat(result)
                .isInstanceOfSatisfying(
                        ControlResult.Failed.class,
                        failed -> assertThat(failed.reason()).isNotBlank());
        assertThat(result.miner()).isEqualTo(unresponsive());
    }

    @Test
    public void where_there_is_no_device_nothing_is_done() {
        ControlResult result = ended(perform(absent(), AMPLE));

        assertThat(result).isInstanceOf(ControlResult.Failed.class);
        assertThat(result.miner()).isEqualTo(absent());
    }

    @Test
    public void the_caller_is_not_held_up() {
        assertThat(perform(unresponsive(), AMPLE)).isNotDone();
    }

    @Test
    public void closing_ends_what_is_under_way_and_is_safe_twice() {
        CompletableFuture<ControlResult> result = perform(unresponsive(), Duration.ofDays(1));

        control.close();
        control.close();

        assertThat(result.handle((done, failure) -> failure != null || !(done instanceof ControlResult.Done)))
                .succeedsWithin(AMPLE)
                .isEqualTo(true);
    }

    private CompletableFuture<ControlResult> perform(MinerAddress miner, Duration deadline) {
        return control.perform(miner, action(), deadline).toCompletableFuture();
    }

    private static ControlResult ended(CompletableFuture<ControlResult> result) {
        try {
            return result.get(AMPLE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("an action ends with a result, whatever the device does", e);
        }
    }
}
