package io.minerops.blocks;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.miner.ProvenWork;
import io.minerops.api.miner.ShareCounters;
import io.minerops.api.miner.WorkState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RollupTest {
    private static final long HOUR = 1_795_827_600_000L;
    private static final int POWER = 18;
    private static final int TEMP = 19;

    private static final Rollup.Catalogue CATALOGUE = new Rollup.Catalogue() {
        @Override
        public int decimals(int id) {
            return id == TEMP ? 1 : 0;
        }

        @Override
        public boolean integrated(int id) {
            return id == POWER;
        }
    };

    private static @Nullable ReadingRollup of(long[] times, double[] values, int from, int to) {
        return ReadingRollup.of(Arrays.copyOfRange(times, from, to), Arrays.copyOfRange(values, from, to));
    }

    private static ReadingRollup of(long[] times, double... values) {
        return Objects.requireNonNull(ReadingRollup.of(times, values));
    }

    @Property(tries = 500)
    void two_spans_merged_are_what_the_whole_span_comes_to(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 200) int rows, @ForAll @IntRange(max = 3) int kind) {
        Random random = new Random(seed);
        double[] values = AnyColumns.values(rows, kind, random);
        long[] times = new long[rows];
        long at = HOUR;
        for (int row = 0; row < rows; row++) {
            at += random.nextInt(20) == 0 ? 3_600_000 : 1 + random.nextInt(60_000);
            times[row] = at;
        }
        int cut = 1 + random.nextInt(rows - 1);

        ReadingRollup whole = of(times, values, 0, rows);
        ReadingRollup first = of(times, values, 0, cut);
        ReadingRollup second = of(times, values, cut, rows);

        ReadingRollup merged = first == null ? second : second == null ? first : first.then(second);
        if (whole == null || merged == null) {
            assertThat(merged).isEqualTo(whole);
        } else {
            assertClose(merged, whole);
        }
    }

    private static void assertClose(ReadingRollup one, ReadingRollup other) {
        assertThat(one.count()).isEqualTo(other.count());
        assertThat(one.min()).isEqualTo(other.min());
        assertThat(one.max()).isEqualTo(other.max());
        assertThat(one.first()).isEqualTo(other.first());
        assertThat(one.last()).isEqualTo(other.last());
        assertThat(one.firstAt()).isEqualTo(other.firstAt());
        assertThat(one.lastAt()).isEqualTo(other.lastAt());
        assertThat(one.mean()).isEqualTo(other.mean(), relative(1e9));
        assertThat(one.integral()).isEqualTo(other.integral(), relative(1e14));
    }

    /** A few bits of the largest value that went into the sum. */
    private static Offset<Double> relative(double largest) {
        return within(largest * 1e-12);
    }

    @Test
    void energy_is_the_trapezoid_over_the_gaps_as_they_were_and_not_the_mean_times_the_hour() {
        ReadingRollup power = of(new long[] {HOUR, HOUR + 60_000, HOUR + 90_000}, 3_000, 3_600, 3_000);

        assertThat(power.integral()).isEqualTo(60 * 3_300 + 30 * 3_300);
    }

    @Test
    void a_gap_of_more_than_ten_minutes_adds_no_energy() {
        ReadingRollup power = of(new long[] {HOUR, HOUR + 600_000, HOUR + 1_200_001}, 1_000, 1_000, 1_000);

        assertThat(power.integral()).isEqualTo(600_000);
    }

    @Test
    void the_gap_between_two_hours_is_added_when_they_are_merged() {
        ReadingRollup first = of(new long[] {HOUR, HOUR + 30_000}, 1_000, 1_000);
        ReadingRollup second = of(new long[] {HOUR + 60_000}, 2_000);

        assertThat(first.then(second).integral()).isEqualTo(30 * 1_000 + 30 * 1_500);
    }

    @Test
    void the_roll_ups_of_miners_come_back_from_their_frame() {
        ReadingRollup power = new ReadingRollup(120, 3_100, 3_400, 3_251.37, 3_200, 3_300, HOUR, HOUR + 1, 11_700_000);
        ReadingRollup temp = new ReadingRollup(90, 60.5, 70.1, 65.123, 61, 62.5, HOUR, HOUR + 1, 234_000);
        Rollup full = new Rollup(
                new TreeMap<>(Map.of(POWER, power, TEMP, temp)),
                true,
                7,
                new TreeMap<>(Map.of(1, 100L, 4, 20L)),
                4,
                null);
        Rollup bare = new Rollup(new TreeMap<>(), false, Column.ABSENT, new TreeMap<>(), Column.ABSENT, null);

        Frame frame = Frame.of(Rollup.encode(new TreeMap<>(Map.of(5, full, 9, bare)), CATALOGUE));

        assertThat(Rollup.read(frame, frame.row(5)).readings())
                .containsEntry(POWER, power)
                .containsEntry(TEMP, new ReadingRollup(90, 60.5, 70.1, 65.123, Double.NaN, 62.5, 0, 0, Double.NaN));
        assertThat(Rollup.read(frame, frame.row(5)).powerEstimated()).isTrue();
        assertThat(Rollup.read(frame, frame.row(5)).pool()).isEqualTo(7);
        assertThat(Rollup.read(frame, frame.row(5)).states()).isEqualTo(Map.of(1, 100L, 4, 20L));
        assertThat(Rollup.read(frame, frame.row(5)).state()).isEqualTo(4);
        assertThat(Rollup.read(frame, frame.row(9))).isEqualTo(bare);
        assertThat(frame.row(6)).isNegative();
        assertThat(frame.number(frame.find(Rollup.Stat.COUNT.column(TEMP)), 0)).isEqualTo(90);
    }

    @Test
    void proven_work_comes_back_from_its_frame_and_counts_the_time_between_two_spans() {
        Instant at = Instant.ofEpochMilli(HOUR);
        ShareCounters start = new ShareCounters(at, 900, 1e9, 2_000, 99.5);
        ShareCounters end = new ShareCounters(at.plusSeconds(3_500), 4_400, 1.2e9, 2_400, 100.25);
        ShareCounters later = new ShareCounters(at.plusSeconds(3_700), Double.NaN, 1.21e9, 2_420, 100);
        Rollup first = ofWork(new WorkRollup(end.since(start), start, end));
        Rollup second = ofWork(new WorkRollup(ProvenWork.NONE, later, later));
        Rollup none = ofWork(null);

        Frame frame = Frame.of(Rollup.encode(new TreeMap<>(Map.of(5, first, 7, second, 9, none)), CATALOGUE));

        assertThat(Rollup.read(frame, frame.row(5)).work()).isEqualTo(first.work());
        assertThat(Rollup.read(frame, frame.row(7)).work()).isEqualTo(second.work());
        assertThat(Rollup.read(frame, frame.row(9)).work()).isNull();
        WorkRollup both = requireNonNull(first.then(none).then(second).work());
        assertThat(both.work()).isEqualTo(end.since(start).plus(later.since(end)));
        assertThat(both.work().seconds()).isEqualTo(3_700);
    }

    private static Rollup ofWork(@Nullable WorkRollup work) {
        return new Rollup(new TreeMap<>(), false, Column.ABSENT, new TreeMap<>(), Column.ABSENT, work);
    }

    @Test
    void the_samples_of_each_state_of_work_are_counted_and_added() {
        MinerSeries series = new MinerSeries();
        WorkState[] states = {WorkState.MINING, WorkState.ASLEEP, WorkState.ASLEEP, WorkState.UNKNOWN};
        for (int i = 0; i < states.length; i++) {
            List<Column> poll = new ArrayList<>();
            poll.add(Column.ofNumbers(ColumnIds.KEY, new long[] {1}));
            poll.add(Column.ofNumbers(ColumnIds.STATE, new long[] {ColumnIds.ofState(states[i])}));
            series.add(HOUR + i, Frame.of(Frame.encode(poll)), 0);
        }

        Rollup rollup = series.rollup(new ReadingIds());

        assertThat(rollup.states()).isEqualTo(Map.of(1, 1L, 4, 2L));
        assertThat(rollup.then(rollup).states()).isEqualTo(Map.of(1, 2L, 4, 4L));
        assertThat(ColumnIds.state(rollup.state())).isEqualTo(WorkState.ASLEEP);
    }

    @Test
    void every_state_of_work_has_a_number_of_its_own_and_an_unknown_number_is_an_unknown_state() {
        for (WorkState state : WorkState.all()) {
            assertThat(ColumnIds.state(ColumnIds.ofState(state))).isEqualTo(state);
        }
        assertThat(ColumnIds.state(15)).isEqualTo(WorkState.UNKNOWN);
    }

    @Test
    void the_estimate_of_any_sample_and_the_last_pool_are_those_of_the_span() {
        MinerSeries series = new MinerSeries();
        long[][] samples = {{0, 3}, {1, 4}, {0, Column.ABSENT}};
        for (int i = 0; i < samples.length; i++) {
            List<Column> poll = new ArrayList<>();
            poll.add(Column.ofNumbers(ColumnIds.KEY, new long[] {1}));
            poll.add(Column.ofNumbers(ColumnIds.POWER_ESTIMATED, new long[] {samples[i][0]}));
            poll.add(Column.ofNumbers(ColumnIds.POOL, new long[] {samples[i][1]}));
            poll.add(Column.of(POWER, 0, new double[] {3_000 + i}));
            series.add(HOUR + i, Frame.of(Frame.encode(poll)), 0);
        }

        Rollup rollup = series.rollup(new ReadingIds());

        assertThat(rollup.powerEstimated()).isTrue();
        assertThat(rollup.pool()).isEqualTo(4);
        assertThat(rollup.readings()).containsOnlyKeys(POWER);
        assertThat(rollup.then(rollup).readings().get(POWER))
                .extracting(ReadingRollup::count)
                .isEqualTo(6L);
    }
}
