package io.minerops.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIndex;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Pool;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import io.minerops.api.store.HistoryQuery;
import io.minerops.api.store.MetricStore;
import io.minerops.api.store.PollColumns;
import io.minerops.api.store.PollQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** What {@link io.minerops.api.store.MetricStore#polls} must do, whether or not a store has a reader of its own. */
public abstract class PollHistoryContract extends StoreContract {
    private static final Pool POOL = new Pool("stratum+tcp://pool.example:3333", "farm.7");

    private record SeenPoll(Instant at, Map<MinerAddress, MetricSample> samples) {
        static SeenPoll of(MinerIndex roster, PollColumns poll) {
            Map<MinerAddress, MetricSample> samples = new TreeMap<>();
            Instant at = Instant.ofEpochMilli(poll.epochMillis());
            for (int i = 0; i < poll.size(); i++) {
                MinerAddress miner = roster.miner(poll.row(i)).address();
                MetricSample.Builder sample = MetricSample.builder(miner, at)
                        .powerEstimated(poll.powerEstimated(i))
                        .pool(poll.pool(i))
                        .state(poll.state(i));
                for (Reading reading : Reading.all()) {
                    sample.set(reading, poll.value(reading, i));
                }
                samples.put(miner, sample.build());
            }
            return new SeenPoll(at, samples);
        }

        MetricSample of(MinerAddress miner) {
            return Objects.requireNonNull(samples.get(miner), "the miner answered");
        }
    }

    /** A store as others may write it: without a reader of polls. */
    private record HistoryOnly(MetricStore behind) implements MetricStore {
        @Override
        public void append(Poll poll) {
            behind.append(poll);
        }

        @Override
        public FleetSnapshot latest() {
            return behind.latest();
        }

        @Override
        public void history(HistoryQuery query, BiConsumer<Instant, MetricSample> consumer) {
            behind.history(query, consumer);
        }

        @Override
        public int prune(Instant before) {
            return behind.prune(before);
        }
    }

    /** For subclasses. */
    protected PollHistoryContract() {}

    @Test
    public void polls_come_in_the_order_of_their_times_with_what_was_requested_and_nothing_else() {
        poll(minute(1), sample(OTHER, minute(1), 0), sample(MINER, minute(1), 101));
        poll(minute(0), full(MINER, minute(0)));
        MinerIndex roster = store.metrics().latest().roster();

        List<SeenPoll> seen = polls(roster, minute(0), minute(9), Set.of(Reading.HASHRATE_THS, Reading.MAX_TEMP_C));

        assertThat(seen).extracting(SeenPoll::at).containsExactly(minute(0), minute(1));
        MetricSample first = seen.get(0).of(MINER);
        assertThat(first.value(Reading.HASHRATE_THS)).isEqualTo(full(Reading.HASHRATE_THS), within(0.05));
        assertThat(first.value(Reading.MAX_TEMP_C)).isEqualTo(full(Reading.MAX_TEMP_C), within(0.05));
        assertThat(first.value(Reading.POWER_W)).isNaN();
        assertThat(first.powerEstimated()).isFalse();
        assertThat(first.pool()).isNull();
        assertThat(first.state()).isEqualTo(WorkState.TUNING);
        assertThat(seen.get(0).samples()).containsOnlyKeys(MINER);
        assertThat(seen.get(1).samples()).containsOnlyKeys(MINER, OTHER);
        assertThat(seen.get(1).of(OTHER).value(Reading.HASHRATE_THS)).isZero();
        assertThat(seen.get(1).of(MINER).value(Reading.MAX_TEMP_C)).isNaN();
    }

    @Test
    public void every_reading_can_be_requested_of_polls_and_the_pool_comes_with_the_pools() {
        poll(minute(0), full(MINER, minute(0)));

        List<SeenPoll> seen = polls(store.metrics().latest().roster(), minute(0), minute(1), Set.copyOf(Reading.all()));

        MetricSample sample = seen.get(0).of(MINER);
        for (Reading reading : Reading.all()) {
            assertThat(sample.value(reading)).as(reading.key()).isEqualTo(full(reading), within(0.05));
        }
        assertThat(sample.powerEstimated()).isTrue();
        assertThat(sample.pool()).isEqualTo(POOL);
        assertThat(sample.state()).isEqualTo(WorkState.TUNING);
    }

    @Test
    public void polls_without_readings_report_who_answered() {
        poll(minute(0), sample(MINER, minute(0), 100), sample(OTHER, minute(0), 90));
        poll(minute(1), sample(OTHER, minute(1), 90));

        List<SeenPoll> seen = polls(store.metrics().latest().roster(), minute(0), minute(2), Set.of());

        assertThat(seen)
                .extracting(poll -> poll.samples().keySet())
                .containsExactly(Set.of(MINER, OTHER), Set.of(OTHER));
    }

    @Test
    public void polls_begin_with_since_and_end_before_until() {
        for (int minutes = 0; minutes < 5; minutes++) {
            poll(minute(minutes), sample(MINER, minute(minutes), minutes + 1));
        }

        assertThat(polls(store.metrics().latest().roster(), minute(1), minute(3), Set.of()))
                .extracting(SeenPoll::at)
                .containsExactly(minute(1), minute(2));
    }

    @Test
    public void polls_of_some_miners_hold_no_other_but_count_as_polls() {
        poll(minute(0), sample(MINER, minute(0), 100), sample(OTHER, minute(0), 90));
        poll(minute(1), sample(OTHER, minute(1), 90));
        MinerIndex only = MinerIndex.of(List.of(store.miners().find(MINER).orElseThrow()));

        List<SeenPoll> seen = polls(only, minute(0), minute(2), Set.of(Reading.HASHRATE_THS));

        assertThat(seen)
                .extracting(SeenPoll::at, poll -> poll.samples().keySet())
                .containsExactly(tuple(minute(0), Set.of(MINER)), tuple(minute(1), Set.of()));
    }

    @Test
    public void polls_leave_out_a_miner_that_was_removed_or_was_never_heard_of() {
        poll(minute(0), sample(MINER, minute(0), 100), sample(OTHER, minute(0), 90));
        store.miners().remove(OTHER);
        Miner unheardOf = Miner.builder(MinerAddress.of("10.9.9.9"), START).build();
        MinerIndex left = store.metrics().latest().roster();

        assertThat(polls(left, minute(0), minute(1), Set.of()))
                .extracting(poll -> poll.samples().keySet())
                .containsExactly(Set.of(MINER));
        assertThat(polls(MinerIndex.of(List.of(unheardOf)), minute(0), minute(1), Set.of()))
                .extracting(poll -> poll.samples().keySet())
                .containsExactly(Set.of());
    }

    @Test
    public void polls_stop_when_no_more_are_wanted() {
        for (int minutes = 0; minutes < 5; minutes++) {
            poll(minute(minutes), sample(MINER, minute(minutes), minutes + 1));
        }
        List<Instant> times = new ArrayList<>();
        PollQuery query = new PollQuery(store.metrics().latest().roster(), minute(0), minute(9), Set.of());

        store.metrics().polls(query, poll -> {
            times.add(Instant.ofEpochMilli(poll.epochMillis()));
            return times.size() < 2;
        });

        assertThat(times).containsExactly(minute(0), minute(1));
    }

    @Test
    public void a_store_without_a_reader_of_its_own_gives_the_same_polls() {
        poll(minute(0), full(MINER, minute(0)), sample(OTHER, minute(0), 90));
        poll(minute(1), sample(OTHER, minute(1), 90));
        MinerIndex roster = MinerIndex.of(List.of(store.miners().find(MINER).orElseThrow()));
        for (Set<Reading> readings : List.of(Set.<Reading>of(), Set.copyOf(Reading.all()))) {
            PollQuery query = new PollQuery(roster, minute(0), minute(2), readings);
            List<SeenPoll> byHistory = new ArrayList<>();
            new HistoryOnly(store.metrics()).polls(query, poll -> byHistory.add(SeenPoll.of(roster, poll)));

            assertThat(byHistory).isEqualTo(polls(roster, minute(0), minute(2), readings));
        }
    }

    private List<SeenPoll> polls(MinerIndex roster, Instant since, Instant until, Set<Reading> readings) {
        List<SeenPoll> seen = new ArrayList<>();
        store.metrics()
                .polls(new PollQuery(roster, since, until, readings), poll -> seen.add(SeenPoll.of(roster, poll)));
        return seen;
    }

    private static MetricSample full(MinerAddress miner, Instant at) {
        MetricSample.Builder full = MetricSample.builder(miner, at);
        for (Reading reading : Reading.all()) {
            full.set(reading, full(reading));
        }
        return full.powerEstimated(true).pool(POOL).state(WorkState.TUNING).build();
    }

    private static double full(Reading reading) {
        return 10 + reading.column() * 1.5;
    }
}
