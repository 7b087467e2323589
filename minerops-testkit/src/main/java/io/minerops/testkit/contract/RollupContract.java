package io.minerops.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Pool;
import io.minerops.api.miner.ProvenWork;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import io.minerops.api.store.HistorySource;
import io.minerops.api.store.MetricRollup;
import io.minerops.api.store.RollupQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What {@link io.minerops.api.store.MetricStore#rollups} must do, whether or not a store keeps roll-ups. */
public abstract class RollupContract extends StoreContract {
    private static final Pool POOL = new Pool("stratum+tcp://pool.example:3333", "farm.7");
    /** The beginning of a UTC day. */
    private static final Instant DAY = Instant.parse("2026-11-20T00:00:00Z");

    /** For subclasses. */
    protected RollupContract() {}

    private static Instant at(int minutes) {
        return DAY.plus(Duration.ofMinutes(minutes));
    }

    private void poll(int minutes, MinerAddress miner, double powerW) {
        store.metrics()
                .append(Poll.of(
                        at(minutes),
                        List.of(MetricSample.builder(miner, at(minutes))
                                .set(Reading.POWER_W, powerW)
                                .set(Reading.HASHRATE_THS, powerW / 10)
                                .powerEstimated(minutes == 60)
                                .pool(minutes < 60 ? POOL : null)
                                .state(minutes % 2 == 0 ? WorkState.MINING : WorkState.TUNING)
                                .build())));
    }

    private List<MetricRollup> rollups(@Nullable MinerAddress miner, HistorySource span, Instant since, Instant until) {
        List<MetricRollup> found = new ArrayList<>();
        store.metrics().rollups(new RollupQuery(miner, span, since, until), found::add);
        return found;
    }

    @Test
    public void an_hour_has_the_extremes_the_mean_the_count_and_the_last_of_each_reading_and_counts_states_of_work() {
        poll(10, MINER, 1_000);
        poll(11, MINER, 3_000);
        poll(20, MINER, 2_000);

        MetricRollup hour = rollups(null, HistorySource.HOURLY, at(0), at(60)).get(0);

        assertThat(hour.miner()).isEqualTo(MINER);
        assertThat(hour.start()).isEqualTo(at(0));
        assertThat(hour.readings()).containsOnlyKeys(Reading.POWER_W, Reading.HASHRATE_THS);
        assertThat(hour.readings().get(Reading.POWER_W)).isEqualTo(new MetricRollup.Of(3, 1_000, 2_000, 3_000, 2_000));
        assertThat(hour.states()).isEqualTo(Map.of(WorkState.MINING, 2L, WorkState.TUNING, 1L));
        assertThat(hour.pool()).isEqualTo(POOL);
        assertThat(hour.powerEstimated()).isFalse();
    }

    @Test
    public void energy_and_work_are_integrated_over_time_and_a_long_gap_adds_nothing() {
        poll(0, MINER, 1_000);
        poll(1, MINER, 3_000);
        poll(11, MINER, 3_000);
        poll(22, MINER, 9_000);

        MetricRollup hour = rollups(MINER, HistorySource.HOURLY, at(0), at(60)).get(0);

        assertThat(hour.energyWh()).isEqualTo((2_000 * 60 + 3_000 * 600) / 3_600.0, within(0.5));
        assertThat(hour.workTh()).isEqualTo(200 * 60 + 300 * 600, within(100.0));
    }

    @Test
    public void a_miner_without_power_has_no_energy() {
        store.metrics().append(Poll.of(at(5), List.of(sample(MINER, at(5), 100))));

        MetricRollup hour = rollups(MINER, HistorySource.HOURLY, at(0), at(60)).get(0);

        assertThat(hour.energyWh()).isNaN();
        assertThat(hour.workTh()).isZero();
    }

    @Test
    public void a_day_has_its_hours_and_the_time_between_them() {
        for (int minutes = 0; minutes <= 120; minutes += 5) {
            poll(minutes, MINER, 3_000);
        }
        poll(1_440, MINER, 1);

        MetricRollup day = rollups(MINER, HistorySource.DAILY, at(0), at(1_440)).get(0);

        assertThat(day.start()).isEqualTo(DAY);
        assertThat(day.energyWh()).isEqualTo(6_000, within(3.0));
        assertThat(Objects.requireNonNull(day.readings().get(Reading.POWER_W)).count())
                .isEqualTo(25);
        assertThat(day.powerEstimated()).isTrue();
        assertThat(day.pool()).isEqualTo(POOL);
    }

    private void shares(int minutes, double elapsedS, double difficulty, double accepted) {
        store.metrics()
                .append(Poll.of(
                        at(minutes),
                        List.of(MetricSample.builder(MINER, at(minutes))
                                .set(Reading.HASHRATE_THS, 100)
                                .set(Reading.ELAPSED_S, elapsedS)
                                .set(Reading.ACCEPTED_DIFFICULTY, difficulty)
                                .set(Reading.ACCEPTED, accepted)
                                .build())));
    }

    @Test
    public void proven_work_is_that_of_each_run_of_the_counters_and_a_day_has_the_time_between_its_hours() {
        shares(0, 1_000, 1_000_000, 10);
        shares(30, 2_800, 1_400_000, 14);
        shares(59, 600, 300_000, 3);
        shares(61, 720, 400_000, 4);
        shares(90, 2_460, 900_000, 9);

        List<MetricRollup> hours = rollups(MINER, HistorySource.HOURLY, at(0), at(120));
        MetricRollup day = rollups(MINER, HistorySource.DAILY, at(0), at(1_440)).get(0);

        assertThat(hours.get(0).proven()).isEqualTo(new ProvenWork(1_800, 400_000, 4 * 1e10, 100));
        assertThat(hours.get(1).proven()).isEqualTo(new ProvenWork(1_740, 500_000, 5 * 1e10, 100));
        assertThat(day.proven()).isEqualTo(new ProvenWork(1_800 + 120 + 1_740, 1_000_000, 10 * 1e10, 100));
    }

    @Test
    public void a_miner_that_does_not_count_difficulty_has_no_proven_work() {
        poll(0, MINER, 3_000);
        poll(1, MINER, 3_000);

        assertThat(rollups(MINER, HistorySource.HOURLY, at(0), at(60)).get(0).proven())
                .isEqualTo(ProvenWork.NONE);
    }

    @Test
    public void roll_ups_ascend_by_time_then_address_and_begin_within_the_range() {
        for (int hour = 0; hour < 4; hour++) {
            poll(hour * 60 + 7, OTHER, 100);
            poll(hour * 60 + 8, MINER, 100);
        }

        assertThat(rollups(null, HistorySource.HOURLY, at(1), at(180)))
                .extracting(MetricRollup::start, MetricRollup::miner)
                .containsExactly(
                        tuple(at(60), MINER), tuple(at(60), OTHER), tuple(at(120), MINER), tuple(at(120), OTHER));
        assertThat(rollups(OTHER, HistorySource.HOURLY, at(0), at(61)))
                .extracting(MetricRollup::start)
                .containsExactly(at(0), at(60));
        assertThat(rollups(MINER, HistorySource.DAILY, at(1), at(1_000))).isEmpty();
    }

    @Test
    public void columns_have_what_the_roll_ups_have() {
        for (int minute = 0; minute < 300; minute += 4) {
            poll(minute, OTHER, 1_000 + minute);
            shares(minute + 1, 1_000 + minute * 60, 1_000_000 + minute * 5_000.0, 10 + minute);
        }
        for (HistorySource span : List.of(HistorySource.HOURLY, HistorySource.DAILY)) {
            for (@Nullable MinerAddress miner : Arrays.asList(null, MINER)) {
                compareColumns(new RollupQuery(miner, span, at(0), at(1_440)));
            }
        }
    }

    private void compareColumns(RollupQuery query) {
        List<MetricRollup> before;
        List<MetricRollup> after;
        Map<List<Object>, MetricRollup> inColumns = new HashMap<>();
        List<Instant> starts = new ArrayList<>();
        List<Runnable> comparisons = new ArrayList<>();
        do {
            // what a store seals between two reads is rounded only in the second
            inColumns.clear();
            starts.clear();
            comparisons.clear();
            before = rollups(query.miner(), query.span(), query.since(), query.until());
            before.forEach(rollup -> inColumns.put(List.of(rollup.start(), rollup.miner()), rollup));
            store.metrics().rollupColumns(query, columns -> {
                starts.add(columns.start());
                for (int row = 0; row < columns.size(); row++) {
                    int at = row;
                    MetricRollup known = inColumns.remove(List.of(columns.start(), columns.miner(row)));
                    comparisons.add(() -> equal(columns, at, known));
                }
                return true;
            });
            after = rollups(query.miner(), query.span(), query.since(), query.until());
        } while (!before.equals(after));

        assertThat(before).isNotEmpty();
        comparisons.forEach(Runnable::run);
        assertThat(inColumns).isEmpty();
        assertThat(starts).isSorted();
    }

    private static void equal(MetricRollup.Columns columns, int row, @Nullable MetricRollup rollup) {
        MetricRollup known = Objects.requireNonNull(rollup);
        same(columns.energyWh(row), known.energyWh());
        same(columns.workTh(row), known.workTh());
        assertThat(columns.powerEstimated(row)).isEqualTo(known.powerEstimated());
        assertThat(columns.samples(row)).isEqualTo(known.samples());
        assertThat(columns.proven(row)).isEqualTo(known.proven());
        for (WorkState state : WorkState.all()) {
            assertThat(columns.count(state, row)).isEqualTo(known.states().getOrDefault(state, 0L));
        }
        for (Reading reading : Reading.all()) {
            MetricRollup.Of of = known.readings().get(reading);
            assertThat(columns.count(reading, row)).isEqualTo(of == null ? 0 : of.count());
            same(columns.value(reading, MetricRollup.Stat.MIN, row), of == null ? Double.NaN : of.min());
            same(columns.value(reading, MetricRollup.Stat.MEAN, row), of == null ? Double.NaN : of.mean());
            same(columns.value(reading, MetricRollup.Stat.MAX, row), of == null ? Double.NaN : of.max());
            same(columns.value(reading, MetricRollup.Stat.LAST, row), of == null ? Double.NaN : of.last());
        }
    }

    /** NaN is the same as NaN. */
    private static void same(double actual, double expected) {
        assertThat(Double.valueOf(actual)).isEqualTo(Double.valueOf(expected));
    }

    @Test
    public void columns_end_when_the_consumer_wants_no_more() {
        poll(0, MINER, 100);
        poll(60, MINER, 100);
        poll(120, MINER, 100);
        List<Instant> seen = new ArrayList<>();

        store.metrics().rollupColumns(new RollupQuery(null, HistorySource.HOURLY, at(0), at(600)), columns -> {
            seen.add(columns.start());
            return false;
        });

        assertThat(seen).containsExactly(at(0));
    }

    @Test
    public void roll_ups_end_when_the_consumer_wants_no_more() {
        poll(0, MINER, 100);
        poll(60, MINER, 100);
        List<Instant> seen = new ArrayList<>();

        store.metrics().rollups(new RollupQuery(null, HistorySource.HOURLY, at(0), at(600)), rollup -> {
            seen.add(rollup.start());
            return false;
        });

        assertThat(seen).containsExactly(at(0));
    }
}
