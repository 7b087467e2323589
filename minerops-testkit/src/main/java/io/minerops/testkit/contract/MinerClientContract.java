package io.minerops.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerClient;
import io.minerops.api.miner.MinerReading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link MinerClient} must do with a device that answers, one that stays silent and one that is not there. */
public abstract class MinerClientContract {
    /** A deadline that no healthy device misses. */
    protected static final Duration AMPLE = Duration.ofSeconds(20);

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final int TOGETHER = 20;

    private MinerClient client;

    /** For subclasses. */
    protected MinerClientContract() {}

    /** A new client; closed after the test. */
    protected abstract MinerClient client();

    /** Where a device answers. */
    protected abstract MinerAddress answering();

    /** Where a device takes connections and never answers. */
    protected abstract MinerAddress silent();

    /** Where there is no device. */
    protected abstract MinerAddress absent();

    @BeforeEach
    public final void openClient() {
        client = client();
    }

    @AfterEach
    public final void closeClient() {
        client.close();
    }

    @Test
    public void a_device_that_answers_gives_a_sample_of_its_own() {
        MinerReading reading = ended(read(answering(), AMPLE));

        assertThat(reading).isInstanceOf(MinerReading.Ok.class);
        assertThat(reading.miner()).isEqualTo(answering());
    }

    @Test
    public void a_silent_device_costs_its_deadline_and_fails_nothing() {
        MinerReading reading = ended(read(silent(), SHORT));

        assertThat(reading).isInstanceOf(MinerReading.TimedOut.class);
        assertThat(reading.miner()).isEqualTo(silent());
    }

    @Test
    public void where_there_is_no_device_there_is_no_sample_and_no_failure() {
        MinerReading reading = ended(read(absent(), AMPLE));

        assertThat(reading).isNotInstanceOf(MinerReading.Ok.class);
        assertThat(reading.miner()).isEqualTo(absent());
    }

    @Test
    public void the_caller_is_not_held_up() {
        CompletableFuture<MinerReading> reading = read(silent(), AMPLE);

        assertThat(reading).isNotDone();
    }

    @Test
    public void a_device_that_is_queried_many_times_at_once_answers_each_time() {
        List<CompletableFuture<MinerReading>> readings = new ArrayList<>();
        for (int i = 0; i < TOGETHER; i++) {
            readings.add(read(answering(), AMPLE));
        }

        assertThat(readings).allSatisfy(reading -> assertThat(ended(reading)).isInstanceOf(MinerReading.Ok.class));
    }

    @Test
    public void closing_ends_a_reading_under_way_and_can_be_repeated() {
        CompletableFuture<MinerReading> reading = read(silent(), Duration.ofDays(1));

        client.close();
        client.close();

        assertThat(reading).failsWithin(AMPLE);
    }

    private CompletableFuture<MinerReading> read(MinerAddress miner, Duration deadline) {
        return client.read(miner, deadline).toCompletableFuture();
    }

    private static MinerReading ended(CompletableFuture<MinerReading> reading) {
        try {
            return reading.get(AMPLE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("a reading ends with an outcome, whatever the device does", e);
        }
    }
}
