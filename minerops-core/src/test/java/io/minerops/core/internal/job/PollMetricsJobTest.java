package io.minerops.core.internal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.event.Event;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.Reading;
import io.minerops.api.store.EventQuery;
import io.minerops.api.store.HistoryQuery;
import io.minerops.core.TestClock;
import io.minerops.core.job.FaultyStore;
import io.minerops.core.job.MinersNotReadException;
import io.minerops.core.job.PollReport;
import io.minerops.core.job.ScriptedClient;
import io.minerops.testkit.memory.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PollMetricsJobTest {
    private static final MinerAddress ONE = MinerAddress.of("10.0.0.1");
    private static final MinerAddress TWO = MinerAddress.of("10.0.0.2");
    private static final Duration INTERVAL = Duration.ofMillis(250);

    private final TestClock clock = new TestClock();
    private final InMemoryStore store = new InMemoryStore();
    private final ScriptedClient client = new ScriptedClient();
    private final List<PollReport> reports = new ArrayList<>();

    private PollMetricsJob job(MinerAddress... range) {
        return new PollMetricsJob(client, store, List.of(range), INTERVAL, Duration.ofSeconds(5), clock, reports::add);
    }

    private PollReport poll(PollMetricsJob job) {
        job.run();
        return reports.get(reports.size() - 1);
    }

    private double latest(MinerAddress miner, Reading reading) {
        FleetSnapshot latest = store.metrics().latest();
        return latest.value(reading, latest.row(miner));
    }

    @Nested
    class What_is_stored {
        @Test
        void every_sample_has_the_time_of_the_poll() {
            client.hashing(ONE, 100).hashing(TWO, 90);

            PollReport report = poll(job(ONE, TWO));

            assertThat(report).isEqualTo(new PollReport(TestClock.START, 2, 2, Map.of(), 0, 0, Duration.ZERO));
            FleetSnapshot latest = store.metrics().latest();
            assertThat(latest.epochMillis(latest.row(ONE))).isEqualTo(TestClock.START.toEpochMilli());
            assertThat(latest.epochMillis(latest.row(TWO))).isEqualTo(TestClock.START.toEpochMilli());
        }

        @Test
        void a_miner_of_the_range_is_registered_when_it_first_answers() {
            client.hashing(ONE, 100);

            poll(job(ONE, TWO));

            assertThat(store.miners().all()).extracting(Miner::address).containsExactly(ONE);
            assertThat(store.miners().all().get(0).model()).isEqualTo("Antminer S19");
        }

        @Test
        void a_miner_that_gives_no_sample_costs_only_its_own() {
            client.hashing(ONE, 100).answers(TWO, new MinerReading.TimedOut(TWO, MinerReading.Phase.READ));

            PollReport report = poll(job(ONE, TWO));

            assertThat(report.answered()).isEqualTo(1);
            assertThat(report.failures()).isEqualTo(Map.of("TimedOut", 1));
        }

        @Test
        void nothing_without_responses() {
            poll(job(ONE));

            assertThat(store.metrics().latest().size()).isZero();
        }
    }

    @Nested
    class A_slow_miner {
        private final CompletableFuture<MinerReading> late = new CompletableFuture<>();

        @Test
        void does_not_hold_up_the_others() {
            client.hashing(ONE, 100).answers(TWO, () -> late);

            PollReport report = poll(job(ONE, TWO));

            assertThat(report.answered()).isEqualTo(1);
            assertThat(report.failures()).isEqualTo(Map.of("UnderWay", 1));
        }

        @Test
        void is_not_queried_again_and_its_answer_goes_into_the_next_poll() {
            PollMetricsJob job = job(ONE, TWO);
            client.hashing(ONE, 100).answers(TWO, () -> late);
            poll(job);
            client.askedSince();
            late.complete(ScriptedClient.hashes(TWO, 90));

            PollReport report = poll(job);

            assertThat(client.askedSince()).containsExactly(ONE);
            assertThat(report.answered()).isEqualTo(2);
            assertThat(latest(TWO, Reading.HASHRATE_THS)).isEqualTo(90);
        }
    }

    @Nested
    class Polled_miners {
        @Test
        void an_unresponsive_address_less_and_less_often() {
            PollMetricsJob job = job(ONE);
            List<Long> askedAt = new ArrayList<>();
            for (long second = 0; second <= 240; second += 10) {
                job.run();
                if (!client.askedSince().isEmpty()) {
                    askedAt.add(second);
                }
                clock.advance(Duration.ofSeconds(10));
            }
            assertThat(askedAt).containsExactly(0L, 30L, 90L, 210L);
        }

        @Test
        void an_address_as_before_once_it_has_answered() {
            PollMetricsJob job = job(ONE);
            job.run();
            clock.advance(Duration.ofSeconds(30));
            client.hashing(ONE, 100);
            job.run();
            client.askedSince();

            clock.advance(Duration.ofSeconds(1));
            job.run();

            assertThat(client.askedSince()).containsExactly(ONE);
        }

        @Test
        void a_registered_miner_at_every_fourth_poll_once_it_was_silent_for_ten_minutes() {
            store.miners().register(List.of(ONE), TestClock.START);
            PollMetricsJob job = new PollMetricsJob(
                    client, store, List.of(), Duration.ofMinutes(2), Duration.ofSeconds(5), clock, reports::add);
            List<Integer> askedAt = new ArrayList<>();
            for (int poll = 0; poll < 16; poll++) {
                job.run();
                if (!client.askedSince().isEmpty()) {
                    askedAt.add(poll);
                }
                clock.advance(Duration.ofMinutes(2));
            }

            assertThat(askedAt).containsExactly(0, 1, 2, 3, 4, 5, 9, 13);
        }

        @Test
        void all_in_another_order_each_time() {
            List<MinerAddress> range = IntStream.rangeClosed(1, 50)
                    .mapToObj(host -> MinerAddress.of("10.0.0." + host))
                    .toList();
            range.forEach(miner -> client.hashing(miner, 100));
            PollMetricsJob job = job(range.toArray(MinerAddress[]::new));

            job.run();
            List<MinerAddress> first = client.askedSince();
            clock.advance(INTERVAL);
            job.run();

            assertThat(first).containsExactlyInAnyOrderElementsOf(range).isNotEqualTo(range);
            assertThat(client.askedSince())
                    .containsExactlyInAnyOrderElementsOf(range)
                    .isNotEqualTo(first);
        }
    }

    @Nested
    class A_dead_miner {
        @Test
        void is_not_waited_for_once_it_is_known_to_be_dead() {
            client.hashing(ONE, 100).answers(TWO, new MinerReading.TimedOut(TWO, MinerReading.Phase.READ));
            store.miners().register(List.of(ONE, TWO), TestClock.START);
            PollMetricsJob job = new PollMetricsJob(
                    client, store, List.of(), Duration.ofHours(1), Duration.ofHours(1), clock, reports::add);
            job.run();
            clock.advance(Duration.ofHours(1));
            client.answers(TWO, CompletableFuture::new);

            PollReport report = poll(job);

            assertThat(report.answered()).isEqualTo(1);
            assertThat(report.failures()).isEqualTo(Map.of("UnderWay", 1));
        }
    }

    @Nested
    class A_miner_that_this_machine_could_not_read {
        private final AtomicLong nanos = new AtomicLong();

        private PollMetricsJob job() {
            return new PollMetricsJob(
                    client, store, List.of(ONE, TWO), INTERVAL, Duration.ofSeconds(5), clock, nanos::get, reports::add);
        }

        private PollReport failedPoll(PollMetricsJob job, String reason) {
            assertThatThrownBy(job::run)
                    .isInstanceOf(MinersNotReadException.class)
                    .hasMessageContaining(reason);
            return reports.get(reports.size() - 1);
        }

        @Test
        void fails_the_poll_after_all_that_was_read_is_stored_and_reported() {
            client.hashing(ONE, 100).answers(TWO, new MinerReading.NotRead(TWO, "no socket"));
            PollMetricsJob job = job();

            PollReport report = failedPoll(job, "no socket");

            assertThat(report.answered()).isEqualTo(1);
            assertThat(report.failures()).isEqualTo(Map.of("NotRead", 1));
            assertThat(job.lastPoll()).isEqualTo(report);
            assertThat(latest(ONE, Reading.HASHRATE_THS)).isEqualTo(100);
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void is_one_of_which_the_client_failed_in_whatever_way(boolean thrown) {
            client.hashing(ONE, 100).answers(TWO, () -> {
                if (thrown) {
                    throw new NoClassDefFoundError("a/Class");
                }
                return CompletableFuture.failedFuture(new NoClassDefFoundError("a/Class"));
            });

            PollReport report = failedPoll(job(), "NoClassDefFoundError");

            assertThat(report.answered()).isEqualTo(1);
            assertThat(report.failures()).isEqualTo(Map.of("NotRead", 1));
        }

        @Test
        void keeps_its_last_state_and_its_turn() {
            PollMetricsJob job = job();
            client.hashing(ONE, 100).hashing(TWO, 90);
            job.run();
            client.answers(TWO, new MinerReading.NotRead(TWO, "no memory"));
            for (int poll = 0; poll < 10; poll++) {
                clock.advance(Duration.ofMinutes(2));
                failedPoll(job, "no memory");
                assertThat(client.askedSince()).contains(TWO);
            }

            assertThat(latest(TWO, Reading.HASHRATE_THS)).isEqualTo(90);
            assertThat(job.notReadAt()).isEqualTo(Map.of(TWO, clock.instant()));
        }

        @Test
        void is_one_no_more_once_it_answers() {
            PollMetricsJob job = job();
            client.hashing(ONE, 100).hashing(TWO, 90);
            job.run();
            client.answers(TWO, new MinerReading.NotRead(TWO, "no memory"));
            failedPoll(job, "no memory");
            client.hashing(TWO, 91);

            job.run();

            assertThat(job.notReadAt()).isEmpty();
        }

        @Test
        void is_polled_again_where_the_client_has_lost_its_reading() {
            PollMetricsJob job = job();
            client.hashing(ONE, 100).answers(TWO, CompletableFuture::new);
            job.run();
            nanos.addAndGet(Duration.ofSeconds(16).toNanos());
            clock.advance(Duration.ofSeconds(16));

            failedPoll(job, "no outcome long after its deadline");
            client.hashing(TWO, 90);
            job.run();

            assertThat(latest(TWO, Reading.HASHRATE_THS)).isEqualTo(90);
        }

        @Test
        void is_not_one_that_waited_for_its_turn_in_vain() {
            PollMetricsJob job = job();
            client.hashing(ONE, 100).answers(TWO, new MinerReading.TimedOut(TWO, MinerReading.Phase.QUEUED));
            job.run();
            client.askedSince();
            clock.advance(Duration.ofSeconds(1));

            job.run();

            assertThat(client.askedSince()).contains(TWO);
        }
    }

    @Nested
    class What_is_doubted {
        @Test
        void is_counted_with_what_was_repaired() {
            MinerReading.Ok ok = ScriptedClient.hashes(ONE, 100);
            client.answers(
                    ONE,
                    new MinerReading.Ok(
                            ok.sample(), ok.identity(), 3, List.of("power_w cannot be 65535"), ok.missing()));

            PollReport report = poll(job(ONE));

            assertThat(report.repairs()).isEqualTo(3);
            assertThat(report.implausible()).isEqualTo(1);
        }
    }

    @Nested
    class A_gap {
        @Test
        void is_a_time_in_which_no_poll_could_be_stored() {
            AtomicBoolean full = new AtomicBoolean();
            InMemoryStore filling = new InMemoryStore();
            client.hashing(ONE, 100);
            PollMetricsJob job = new PollMetricsJob(
                    client,
                    FaultyStore.full(filling, full),
                    List.of(ONE),
                    INTERVAL,
                    Duration.ofSeconds(5),
                    clock,
                    r -> {});
            job.run();
            full.set(true);
            for (int poll = 0; poll < 20; poll++) {
                clock.advance(Duration.ofSeconds(30));
                assertThatThrownBy(job::run).hasMessage("the disk is full");
            }
            full.set(false);

            assertThat(job.observedSince()).isEqualTo(clock.instant());
        }

        @Test
        void makes_the_fleet_count_as_observed_again() {
            PollMetricsJob job = job(ONE);
            job.run();
            clock.advance(Duration.ofMinutes(5));

            job.run();

            assertThat(job.observedSince()).isEqualTo(TestClock.START.plus(Duration.ofMinutes(5)));
        }

        @Test
        void of_less_than_three_intervals_and_a_half_minute_is_none() {
            PollMetricsJob job = job(ONE);
            job.run();
            clock.advance(Duration.ofSeconds(30));

            job.run();

            assertThat(job.observedSince()).isEqualTo(TestClock.START);
        }
    }

    @Nested
    class Boards_that_are_expected {
        private static final MinerIdentity UNKNOWN_MODEL = identity("Antminer S99", null);

        private static MinerIdentity identity(@Nullable String model, @Nullable String serial) {
            return new MinerIdentity("Bitmain", model, null, null, null, serial);
        }

        private void reports(MinerIdentity identity, double boards, double chips) {
            MetricSample sample = MetricSample.builder(ONE, TestClock.START)
                    .set(Reading.HASHRATE_THS, 100)
                    .set(Reading.BOARDS_ALIVE, boards)
                    .set(Reading.CHIPS_ALIVE, chips)
                    .build();
            client.answers(ONE, new MinerReading.Ok(sample, identity, 0, List.of(), Set.of()));
        }

        @Test
        void are_the_most_that_the_device_ever_had_over_a_restart_too() {
            reports(UNKNOWN_MODEL, 4, 400);
            poll(job(ONE));
            reports(UNKNOWN_MODEL, 3, 300);
            poll(job(ONE));
            poll(job(ONE));

            assertThat(latest(ONE, Reading.BOARDS_ALIVE)).isEqualTo(3);
            assertThat(latest(ONE, Reading.BOARDS_EXPECTED)).isEqualTo(4);
            assertThat(latest(ONE, Reading.CHIPS_EXPECTED)).isEqualTo(400);
        }

        @Test
        void are_still_known_after_a_reading_that_says_nothing_of_them() {
            reports(UNKNOWN_MODEL, 4, 400);
            poll(job(ONE));
            reports(UNKNOWN_MODEL, Double.NaN, Double.NaN);
            poll(job(ONE));
            reports(UNKNOWN_MODEL, 0, 0);
            poll(job(ONE));

            assertThat(latest(ONE, Reading.BOARDS_ALIVE)).isZero();
            assertThat(latest(ONE, Reading.BOARDS_EXPECTED)).isEqualTo(4);
        }

        @ParameterizedTest
        @CsvSource({"Antminer S99, B2", "Antminer S98, A1"})
        void of_a_device_that_replaces_another_are_its_own(String model, String serial) {
            reports(identity("Antminer S99", "A1"), 4, 400);
            poll(job(ONE));
            reports(identity(model, serial), 3, 300);
            poll(job(ONE));
            poll(job(ONE));

            assertThat(latest(ONE, Reading.BOARDS_EXPECTED)).isEqualTo(3);
            assertThat(latest(ONE, Reading.CHIPS_EXPECTED)).isEqualTo(300);
        }
    }

    @Nested
    class What_the_owner_says_of_the_power {
        private void nominal(double joulesPerTh) {
            store.miners()
                    .put(Miner.builder(ONE, Instant.EPOCH)
                            .nominalEfficiencyJPerTh(joulesPerTh)
                            .build());
        }

        private MetricSample.Builder sample() {
            return MetricSample.builder(ONE, TestClock.START)
                    .set(Reading.HASHRATE_THS, 100)
                    .set(Reading.POWER_W, 3_000);
        }

        @Test
        void replaces_an_estimate_by_the_model() {
            nominal(21.5);
            client.answers(ONE, ScriptedClient.ok(sample().powerEstimated(true).build()));

            poll(job());

            assertThat(latest(ONE, Reading.POWER_W)).isEqualTo(2_150);
            assertThat(store.metrics().latest().powerEstimated(0)).isTrue();
        }

        @Test
        void never_replaces_a_measurement() {
            nominal(21.5);
            client.answers(ONE, ScriptedClient.ok(sample().build()));

            poll(job());

            assertThat(latest(ONE, Reading.POWER_W)).isEqualTo(3_000);
        }

        @Test
        void says_nothing_of_a_miner_that_does_not_hash() {
            nominal(21.5);
            client.answers(
                    ONE,
                    ScriptedClient.ok(MetricSample.builder(ONE, TestClock.START)
                            .set(Reading.HASHRATE_THS, 0)
                            .build()));

            poll(job());

            assertThat(latest(ONE, Reading.POWER_W)).isNaN();
        }
    }

    @Nested
    class Devices_that_move {
        private static final String MAC = "02:00:00:00:00:01";

        private MinerReading.Ok saying(MinerAddress miner, String mac, double ths) {
            return new MinerReading.Ok(
                    ScriptedClient.hashes(miner, ths).sample(),
                    new MinerIdentity("Bitmain", "Antminer S19", null, mac, null, "SN-0815-77"),
                    0,
                    List.of(),
                    Set.of());
        }

        private MinerReading absent(MinerAddress miner) {
            return new MinerReading.Refused(miner, "Connection refused");
        }

        @Test
        void a_device_at_another_address_takes_its_entry_and_history_along() {
            PollMetricsJob job = job(ONE, TWO);
            client.answers(ONE, saying(ONE, MAC, 100));
            poll(job);
            store.miners()
                    .put(store.miners().find(ONE).orElseThrow().toBuilder()
                            .notes("mine")
                            .build());
            clock.advance(Duration.ofMinutes(1));
            client.answers(ONE, absent(ONE)).answers(TWO, saying(TWO, MAC, 101));

            poll(job);

            assertThat(store.miners().all()).extracting(Miner::address).containsExactly(TWO);
            assertThat(store.miners().find(TWO).orElseThrow().notes()).isEqualTo("mine");
            assertThat(latest(TWO, Reading.HASHRATE_THS)).isEqualTo(101);
            List<MinerAddress> history = new ArrayList<>();
            store.metrics()
                    .history(
                            new HistoryQuery(TWO, TestClock.START, TestClock.START.plusSeconds(3_600), null, 10),
                            (at, sample) -> history.add(sample.miner()));
            assertThat(history).containsExactly(TWO, TWO);
            assertThat(store.events()
                            .find(new EventQuery(Event.Level.INFO, TWO, null, 10, null))
                            .items())
                    .extracting(Event::message)
                    .singleElement()
                    .asString()
                    .startsWith("the device of 10.0.0.1 answers at 10.0.0.2 now");
        }

        @Test
        void a_device_that_still_answers_or_may_stays_where_it_is() {
            PollMetricsJob job = job(ONE, TWO);
            client.answers(ONE, saying(ONE, MAC, 100));
            poll(job);
            clock.advance(Duration.ofMinutes(1));
            client.answers(ONE, new MinerReading.TimedOut(ONE, MinerReading.Phase.FIRST_BYTE))
                    .answers(TWO, saying(TWO, MAC, 101));

            poll(job);

            assertThat(store.miners().all()).extracting(Miner::address).containsExactly(ONE, TWO);
        }

        @Test
        void a_name_that_a_person_gave_outlives_what_the_device_calls_itself() {
            store.miners()
                    .put(Miner.builder(ONE, TestClock.START)
                            .hostname("rack7-3")
                            .hostnameGiven(true)
                            .build());
            client.answers(
                    ONE,
                    new MinerReading.Ok(
                            ScriptedClient.hashes(ONE, 100).sample(),
                            new MinerIdentity("Bitmain", "Antminer S19", null, MAC, "antminer", null),
                            0,
                            List.of(),
                            Set.of()));

            poll(job(ONE));

            assertThat(store.miners().find(ONE).orElseThrow())
                    .extracting(Miner::hostname, Miner::mac)
                    .containsExactly("rack7-3", MAC);
        }
    }
}
