package io.minerops.server.remotewrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import io.minerops.core.job.Job;
import io.minerops.core.job.JobStatus;
import io.minerops.server.remotewrite.Receiver.Sample;
import io.minerops.server.remotewrite.Receiver.Write;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RemoteWriterTest {
    private static final Instant AT = Instant.parse("2026-11-20T12:00:00Z");
    private static final JobStatus POLLED = JobStatus.ofNewJob(Job.POLL_METRICS.key());

    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1);
    private final AtomicReference<FleetSnapshot> latest = new AtomicReference<>();

    @SuppressWarnings("NullAway.Init") // made before each test
    private Receiver receiver;

    @SuppressWarnings("NullAway.Init") // made before each test
    private RemoteWriter writer;

    @BeforeEach
    void start() throws IOException {
        receiver = new Receiver();
        writer = writer(receiver.target(null, "s3cret"), 1 << 20);
        latest.set(fleet(AT, 2));
    }

    @AfterEach
    void stop() {
        writer.close();
        receiver.close();
    }

    @Test
    void each_reading_of_a_miner_is_a_series_with_its_labels() throws InterruptedException {
        writer.finished(POLLED);

        Write write = receiver.next();
        Map<String, String> labels = Map.of(
                "__name__", "minerops_miner_hashrate_ths",
                "job", "minerops",
                "location", "hall 1",
                "miner", "10.0.0.1",
                "model", "Antminer S19");
        assertThat(write.series().get(labels)).isEqualTo(new Sample(100.5, AT.toEpochMilli()));
        assertThat(write.series().keySet())
                .allSatisfy(each -> assertThat(new ArrayList<>(each.keySet())).isSorted());
        assertThat(names(write)).containsOnlyOnce("minerops_miner_power_w").doesNotContain("minerops_miner_avg_temp_c");
    }

    @Test
    void a_miner_that_did_not_answer_is_down_and_has_no_readings() throws InterruptedException {
        writer.finished(POLLED);

        Map<String, String> second = Map.of("__name__", "minerops_miner_up", "job", "minerops", "miner", "10.0.0.2");
        Write write = receiver.next();
        assertThat(write.series().get(second)).isEqualTo(new Sample(0, AT.toEpochMilli()));
        assertThat(write.series().keySet())
                .filteredOn(labels -> "10.0.0.2".equals(labels.get("miner")))
                .hasSize(1);
    }

    @Test
    void the_state_of_work_is_one_of_a_set() throws InterruptedException {
        writer.finished(POLLED);

        Map<String, Double> states = new HashMap<>();
        receiver.next().series().forEach((labels, sample) -> {
            if ("minerops_miner_state".equals(labels.get("__name__"))) {
                states.put(labels.get("state"), sample.value());
            }
        });
        assertThat(states)
                .hasSize(WorkState.all().size())
                .containsEntry("mining", 1.0)
                .containsEntry("idle", 0.0);
    }

    @Test
    void the_headers_are_those_of_the_protocol() throws InterruptedException {
        writer.finished(POLLED);

        assertThat(receiver.next().headers())
                .containsEntry("content-type", "application/x-protobuf")
                .containsEntry("content-encoding", "snappy")
                .containsEntry("x-prometheus-remote-write-version", "0.1.0")
                .containsEntry("authorization", "Bearer s3cret");
    }

    @Test
    void a_user_makes_the_token_a_password() throws InterruptedException {
        try (RemoteWriter basic = writer(receiver.target("ops", "s3cret"), 1 << 20)) {
            basic.finished(POLLED);

            assertThat(receiver.next().headers()).containsEntry("authorization", "Basic b3BzOnMzY3JldA==");
        }
    }

    @Test
    void a_large_fleet_takes_several_requests() throws InterruptedException {
        latest.set(fleet(AT, 1_000));
        writer.finished(POLLED);

        Write first = receiver.next();
        Write second = receiver.next();
        assertThat(first.series()).hasSize(WriteRequests.MAX_SAMPLES);
        assertThat(second.series()).isNotEmpty();
    }

    @Test
    void the_same_poll_is_sent_once() throws InterruptedException {
        writer.finished(POLLED);
        writer.finished(POLLED);
        awaitIdle();
        latest.set(fleet(AT.plusSeconds(30), 2));
        writer.finished(POLLED);

        assertThat(time(receiver.next())).isEqualTo(AT);
        assertThat(time(receiver.next())).isEqualTo(AT.plusSeconds(30));
    }

    @Test
    void other_jobs_and_failed_polls_send_nothing() throws InterruptedException {
        writer.finished(JobStatus.ofNewJob(Job.CHECK_ALERTS.key()));
        writer.finished(POLLED.ended(AT, AT, "no network"));
        latest.set(fleet(AT.plusSeconds(30), 2));
        writer.finished(POLLED);

        assertThat(time(receiver.next())).isEqualTo(AT.plusSeconds(30));
    }

    @Test
    void what_the_receiver_cannot_take_now_is_sent_again_in_order() throws InterruptedException {
        receiver.answer(500, 429, 503);
        writer.finished(POLLED);
        awaitIdle();
        latest.set(fleet(AT.plusSeconds(30), 2));
        writer.finished(POLLED);

        List<Integer> statuses = new ArrayList<>();
        List<Instant> times = new ArrayList<>();
        for (int request = 0; request < 5; request++) {
            Write write = receiver.next();
            statuses.add(write.status());
            times.add(time(write));
        }
        assertThat(statuses).containsExactly(500, 429, 503, 204, 204);
        assertThat(times).containsExactly(AT, AT, AT, AT, AT.plusSeconds(30));
        assertThat(settled().fault()).isNull();
    }

    @Test
    void what_the_receiver_refuses_is_dropped_counted_and_reported() throws InterruptedException {
        receiver.answer(400);
        writer.finished(POLLED);
        receiver.next();

        RemoteWriter.State state = settled();
        assertThat(state.dropped()).isPositive();
        assertThat(writer.fault())
                .hasValueSatisfying(fault -> assertThat(fault)
                        .startsWith("cannot write to 127.0.0.1: HTTP 400 \"out of order\"; " + state.dropped())
                        .doesNotContain("s3cret"));

        latest.set(fleet(AT.plusSeconds(30), 2));
        writer.finished(POLLED);
        assertThat(receiver.next().status()).isEqualTo(204);
        assertThat(settled().sent()).isPositive();
        assertThat(writer.fault()).isEmpty();
    }

    @Test
    void whatever_fails_is_reported_and_the_next_poll_is_sent() throws InterruptedException {
        Supplier<FleetSnapshot> broken = () -> {
            if (latest.get() == null) {
                throw new UnsatisfiedLinkError("no library");
            }
            return latest.get();
        };
        latest.set(null);
        try (RemoteWriter fragile = new RemoteWriter(
                receiver.target(null, null), broken, failures -> Duration.ofMillis(1), 1 << 20, executor)) {
            fragile.finished(POLLED);
            awaitIdle();
            assertThat(fragile.fault())
                    .hasValueSatisfying(fault -> assertThat(fault).contains("UnsatisfiedLinkError: no library"));
            latest.set(fleet(AT, 2));

            fragile.finished(POLLED);

            assertThat(receiver.next().status()).isEqualTo(204);
            awaitIdle();
            assertThat(fragile.fault()).isEmpty();
        }
    }

    @Test
    void the_oldest_give_way_when_too_much_waits() throws InterruptedException {
        receiver.close();
        try (RemoteWriter small = writer(receiver.target(null, null), 2_000)) {
            for (int poll = 0; poll < 40; poll++) {
                latest.set(fleet(AT.plusSeconds(30L * poll), 2));
                small.finished(POLLED);
                awaitIdle();
            }

            assertThat(small.state().dropped()).isPositive();
            assertThat(small.fault()).isPresent();
        }
    }

    private RemoteWriter writer(RemoteWriteTarget target, int maxBytes) {
        return new RemoteWriter(target, latest::get, failures -> Duration.ofMillis(1), maxBytes, executor);
    }

    private RemoteWriter.State settled() throws InterruptedException {
        awaitIdle();
        return writer.state();
    }

    /** Until what was begun before on the writer's one thread has ended. */
    private void awaitIdle() throws InterruptedException {
        try {
            executor.submit(() -> {}).get();
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private static Instant time(Write write) {
        return Instant.ofEpochMilli(write.series().values().iterator().next().millis());
    }

    private static List<String> names(Write write) {
        return write.series().keySet().stream()
                .map(labels -> labels.get("__name__"))
                .toList();
    }

    /** The first miner answered in the poll, the others never did. */
    private static FleetSnapshot fleet(Instant poll, int size) {
        FleetSnapshot.Builder fleet = FleetSnapshot.builder(poll, size);
        for (int number = 1; number <= size; number++) {
            Miner.Builder miner = Miner.builder(MinerAddress.of("10.0." + number / 256 + "." + number % 256), AT);
            if (number == 1) {
                miner.model("Antminer S19").location("hall 1");
            }
            fleet.row(miner.build());
            if (number != 2) {
                fleet.sampledAt(poll.toEpochMilli())
                        .state(WorkState.MINING)
                        .set(Reading.HASHRATE_THS, 100.5)
                        .set(Reading.POWER_W, 3_200);
            }
        }
        return fleet.build();
    }
}
