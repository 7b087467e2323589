package io.minerops.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Pool;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import io.minerops.api.store.HistoryQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link io.minerops.api.store.MetricStore} must do. */
public abstract class MetricStoreContract extends StoreContract {
    /** How far a stored reading may be from the one given, relative: stores may keep fewer digits than a double has. */
    private static final double PRECISION = 1e-3;

    private record Seen(Instant at, MetricSample sample) {}

    /** For subclasses. */
    protected MetricStoreContract() {}

    @Test
    public void the_latest_of_an_empty_store_has_no_rows() {
        assertThat(store.metrics().latest().size()).isZero();
    }

    @Test
    public void a_poll_registers_the_miners_that_it_brings() {
        poll(minute(0), sample(MINER, minute(0), 100), sample(OTHER, minute(0), 90));

        assertThat(store.miners().all()).extracting(miner -> miner.address()).containsExactly(MINER, OTHER);
        assertThat(store.miners().find(MINER).orElseThrow().registeredAt()).isEqualTo(minute(0));
    }

    @Test
    public void every_reading_comes_back_as_it_was_and_an_absent_one_stays_absent() {
        MetricSample.Builder full = MetricSample.builder(MINER, minute(0));
        for (Reading reading : Reading.all()) {
            full.set(reading, 10 + reading.column() * 1.5);
        }
        poll(minute(0), full.powerEstimated(true).build(), sample(OTHER, minute(0), 0));

        FleetSnapshot latest = store.metrics().latest();
        for (Reading reading : Reading.all()) {
            assertThat(latest.value(reading, latest.row(MINER)))
                    .as(reading.key())
                    .isEqualTo(10 + reading.column() * 1.5, within(0.05));
        }
        assertThat(latest.powerEstimated(latest.row(MINER))).isTrue();
        assertThat(latest.hashrateThs(latest.row(OTHER))).isZero();
        assertThat(latest.powerW(latest.row(OTHER))).isNaN();
        assertThat(latest.powerEstimated(latest.row(OTHER))).isFalse();
    }

    @Test
    public void the_latest_has_the_values_of_the_history() {
        MetricSample.Builder odd = MetricSample.builder(MINER, minute(0));
        double third = 1 / 3.0;
        for (Reading reading : Reading.all()) {
            odd.set(reading, third * (reading.column() + 1));
        }
        poll(minute(0), odd.build(), sample(OTHER, minute(0), 408.76794));

        FleetSnapshot latest = store.metrics().latest();
        for (MinerAddress miner : List.of(MINER, OTHER)) {
            MetricSample stored = history(miner, null).get(0).sample();
            for (Reading reading : Reading.all()) {
                assertThat(latest.value(reading, latest.row(miner)))
                        .as(reading.key())
                        .isEqualTo(Double.valueOf(stored.value(reading)));
            }
        }
    }

    @Test
    public void the_pool_comes_back_in_the_latest_and_in_the_history() {
        Pool pool = new Pool("stratum+tcp://pool.example:3333", "farm.7");
        Pool other = new Pool("stratum+tcp://pool.example:3333", null);
        poll(minute(0), sample(MINER, minute(0), 100).toBuilder().pool(pool).build());
        poll(minute(1), sample(MINER, minute(1), 100).toBuilder().pool(other).build(), sample(OTHER, minute(1), 90));

        FleetSnapshot latest = store.metrics().latest();
        assertThat(latest.pool(latest.row(MINER))).isEqualTo(other);
        assertThat(latest.pool(latest.row(OTHER))).isNull();
        List<@Nullable Pool> seen = new ArrayList<>();
        store.metrics()
                .history(
                        new HistoryQuery(MINER, minute(0), minute(2), null, 10),
                        (at, sample) -> seen.add(sample.pool()));
        assertThat(seen).containsExactly(pool, other);
    }

    @Test
    public void every_state_of_work_comes_back_in_the_latest_and_in_the_history() {
        List<WorkState> states = WorkState.all();
        for (int i = 0; i < states.size(); i++) {
            poll(
                    minute(i),
                    sample(MINER, minute(i), 1).toBuilder().state(states.get(i)).build());
            FleetSnapshot latest = store.metrics().latest();
            assertThat(latest.state(latest.row(MINER))).isEqualTo(states.get(i));
        }

        assertThat(history(MINER, null))
                .extracting(seen -> seen.sample().state())
                .isEqualTo(states);
    }

    @Test
    public void a_step_has_the_pool_and_the_state_of_work_that_were_reported_last() {
        Pool pool = new Pool("stratum+tcp://pool.example:3333", "farm.7");
        MetricSample.Builder asleep = sample(MINER, minute(0), 1).toBuilder().state(WorkState.ASLEEP);
        poll(minute(0), asleep.pool(pool).build());
        poll(minute(1), sample(MINER, minute(1), 1));
        poll(
                minute(5),
                sample(MINER, minute(5), 1).toBuilder().state(WorkState.ASLEEP).build());
        poll(
                minute(6),
                sample(MINER, minute(6), 1).toBuilder().state(WorkState.MINING).build());

        List<Seen> seen = history(MINER, Duration.ofMinutes(5));

        assertThat(seen).extracting(step -> step.sample().state()).containsExactly(WorkState.ASLEEP, WorkState.MINING);
        assertThat(seen.get(0).sample().pool()).isEqualTo(pool);
    }

    @Test
    public void hashrates_of_every_size_keep_their_digits() {
        double[] sizes = {0.000_05, 0.5, 13.5, 110.123, 335.25, 12_345.678, 1e6};
        for (int i = 0; i < sizes.length; i++) {
            MinerAddress miner = MinerAddress.of("10.0.1." + (i + 1));
            poll(minute(i), sample(miner, minute(i), sizes[i]));
            FleetSnapshot latest = store.metrics().latest();
            assertThat(latest.hashrateThs(latest.row(miner))).isEqualTo(sizes[i], within(sizes[i] * PRECISION));
        }
    }

    @Test
    public void the_latest_is_the_poll_appended_last_in_which_the_miner_answered() {
        poll(minute(0), sample(MINER, minute(0), 100), sample(OTHER, minute(0), 90));
        poll(minute(1), sample(MINER, minute(1), 101));

        FleetSnapshot latest = store.metrics().latest();

        assertThat(latest.hashrateThs(latest.row(MINER))).isEqualTo(101, within(0.01));
        assertThat(latest.epochMillis(latest.row(MINER))).isEqualTo(minute(1).toEpochMilli());
        assertThat(latest.hashrateThs(latest.row(OTHER))).isEqualTo(90, within(0.01));
        assertThat(latest.epochMillis(latest.row(OTHER))).isEqualTo(minute(0).toEpochMilli());
    }

    @Test
    public void a_registered_miner_that_never_answered_has_a_row_without_a_sample() {
        store.miners().register(List.of(MINER), minute(0));

        FleetSnapshot latest = store.metrics().latest();

        assertThat(latest.size()).isEqualTo(1);
        assertThat(latest.hasSample(0)).isFalse();
        assertThat(latest.hashrateThs(0)).isNaN();
    }

    @Test
    public void a_removed_miner_has_no_row_and_comes_back_when_it_answers() {
        poll(minute(0), sample(MINER, minute(0), 100), sample(OTHER, minute(0), 90));

        store.miners().remove(MINER);

        assertThat(store.metrics().latest().row(MINER)).isNegative();
        poll(minute(1), sample(MINER, minute(1), 80));
        FleetSnapshot latest = store.metrics().latest();
        assertThat(latest.hashrateThs(latest.row(MINER))).isEqualTo(80, within(0.01));
    }

    @Test
    public void the_latest_has_what_the_registry_says_now() {
        poll(minute(0), sample(MINER, minute(0), 100));
        store.miners()
                .put(store.miners().find(MINER).orElseThrow().toBuilder()
                        .nominalThs(110.0)
                        .build());

        assertThat(store.metrics().latest().miner(0).nominalThs()).isEqualTo(110.0);
    }

    @Test
    public void identities_are_written_down_and_keep_what_the_owner_said() {
        store.miners().put(Miner.builder(MINER, START).location("hall a").build());
        store.metrics()
                .append(new Poll(
                        minute(0),
                        List.of(sample(MINER, minute(0), 100)),
                        Map.of(MINER, new MinerIdentity("Bitmain", "Antminer S19", null, null, null, null))));

        var miner = store.miners().find(MINER).orElseThrow();
        assertThat(miner.model()).isEqualTo("Antminer S19");
        assertThat(miner.location()).isEqualTo("hall a");
        assertThat(store.metrics().latest().miner(0).model()).isEqualTo("Antminer S19");
    }

    @Test
    public void the_same_poll_time_again_replaces_the_samples_of_the_miners_it_names() {
        poll(minute(0), sample(MINER, minute(0), 100), sample(OTHER, minute(0), 90));
        poll(minute(0), sample(MINER, minute(0), 50));

        assertThat(history(null, null))
                .extracting(seen -> Math.round(seen.sample().value(Reading.HASHRATE_THS)))
                .containsExactly(50L, 90L);
    }

    @Test
    public void history_ascends_by_time_then_address() {
        poll(minute(1), sample(OTHER, minute(1), 3), sample(MINER, minute(1), 2));
        poll(minute(2), sample(MINER, minute(2), 4));

        assertThat(history(null, null))
                .extracting(Seen::at, seen -> seen.sample().miner())
                .containsExactly(tuple(minute(1), MINER), tuple(minute(1), OTHER), tuple(minute(2), MINER));
    }

    @Test
    public void history_of_one_miner_holds_no_other() {
        poll(minute(1), sample(OTHER, minute(1), 3), sample(MINER, minute(1), 2));

        assertThat(history(OTHER, null))
                .extracting(seen -> seen.sample().miner())
                .containsExactly(OTHER);
    }

    @Test
    public void history_begins_with_since_and_ends_before_until() {
        for (int minutes = 0; minutes < 5; minutes++) {
            poll(minute(minutes), sample(MINER, minute(minutes), minutes + 1));
        }
        List<Instant> times = new ArrayList<>();
        store.metrics()
                .history(new HistoryQuery(MINER, minute(1), minute(3), null, 100), (at, sample) -> times.add(at));

        assertThat(times).containsExactly(minute(1), minute(2));
    }

    @Test
    public void history_stops_at_its_limit() {
        for (int minutes = 0; minutes < 5; minutes++) {
            poll(minute(minutes), sample(MINER, minute(minutes), minutes + 1));
        }
        List<Instant> times = new ArrayList<>();
        store.metrics().history(new HistoryQuery(null, minute(0), minute(9), null, 3), (at, sample) -> times.add(at));

        assertThat(times).containsExactly(minute(0), minute(1), minute(2));
    }

    @Test
    public void a_step_gives_the_mean_of_the_samples_that_have_the_reading() {
        poll(minute(0), sample(MINER, minute(0), 100));
        poll(minute(1), MetricSample.builder(MINER, minute(1)).build());
        poll(minute(2), sample(MINER, minute(2), 50));
        poll(minute(5), sample(MINER, minute(5), 10));

        List<Seen> seen = history(MINER, Duration.ofMinutes(5));

        assertThat(seen).extracting(Seen::at).containsExactly(minute(0), minute(5));
        assertThat(seen.get(0).sample().value(Reading.HASHRATE_THS)).isEqualTo(75, within(0.01));
        assertThat(seen.get(0).sample().value(Reading.POWER_W)).isNaN();
    }

    @Test
    public void pruning_deletes_polls_before_the_time_given_and_keeps_the_latest() {
        poll(minute(0), sample(MINER, minute(0), 100));
        poll(minute(1), sample(OTHER, minute(1), 90));

        assertThat(store.metrics().prune(minute(1))).isEqualTo(1);

        assertThat(history(null, null)).extracting(Seen::at).containsExactly(minute(1));
        FleetSnapshot latest = store.metrics().latest();
        assertThat(latest.hashrateThs(latest.row(MINER))).isEqualTo(100, within(0.01));
    }

    @Test
    public void a_poll_is_seen_whole_or_not_at_all() throws Exception {
        int polls = 200;
        MetricSample[][] samples = new MetricSample[polls][20];
        for (int number = 0; number < polls; number++) {
            for (int miner = 0; miner < samples[number].length; miner++) {
                samples[number][miner] = sample(MinerAddress.of("10.0.2." + (miner + 1)), minute(number), number + 1);
            }
        }
        poll(minute(0), samples[0]);
        CountDownLatch reading = new CountDownLatch(1);
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            try {
                reading.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            for (int number = 1; number < polls; number++) {
                poll(minute(number), samples[number]);
            }
        });
        Set<Long> seen = new HashSet<>();

        while (true) {
            boolean last = writer.isDone();
            FleetSnapshot latest = store.metrics().latest();
            Set<Long> times = new HashSet<>();
            for (int row = 0; row < latest.size(); row++) {
                times.add(latest.epochMillis(row));
            }
            assertThat(times).hasSize(1);
            seen.addAll(times);
            reading.countDown();
            if (last) {
                break;
            }
        }

        writer.get();
        assertThat(seen).contains(minute(0).toEpochMilli(), minute(polls - 1).toEpochMilli());
    }

    @Test
    public void rows_keep_their_order_while_the_registry_does_not_change() {
        store.miners().register(List.of(OTHER, MINER), minute(0));
        poll(minute(1), sample(OTHER, minute(1), 90));
        FleetSnapshot first = store.metrics().latest();
        poll(minute(2), sample(MINER, minute(2), 100), sample(OTHER, minute(2), 91));
        store.metrics().prune(minute(2));
        FleetSnapshot second = store.metrics().latest();

        assertThat(second.size()).isEqualTo(first.size()).isEqualTo(2);
        for (int row = 0; row < first.size(); row++) {
            assertThat(second.miner(row).address()).isEqualTo(first.miner(row).address());
        }
    }

    private List<Seen> history(@Nullable MinerAddress miner, @Nullable Duration step) {
        List<Seen> seen = new ArrayList<>();
        store.metrics()
                .history(
                        new HistoryQuery(miner, minute(0), minute(60), step, 1_000),
                        (at, sample) -> seen.add(new Seen(at, sample)));
        return seen;
    }
}
