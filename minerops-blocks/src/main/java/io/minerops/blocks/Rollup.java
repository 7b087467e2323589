package io.minerops.blocks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one miner's samples were over a span of time.
 *
 * @param readings by the id of the reading
 * @param powerEstimated whether the power of any sample was estimated
 * @param pool the number of the pool last named; {@link Column#ABSENT} where none was
 * @param states how many samples had each state of work, by its number from 1 to {@value #MAX_STATE}; without those that
 *     none had
 * @param state the number of the state reported last; {@link Column#ABSENT} where none was
 * @param work what accepted shares prove; null where no sample had an accepted difficulty
 */
public record Rollup(
        SortedMap<Integer, ReadingRollup> readings,
        boolean powerEstimated,
        long pool,
        SortedMap<Integer, Long> states,
        long state,
        @Nullable WorkRollup work) {
    /** The highest number of a state, because a roll-up adds four bits to the id. */
    static final int MAX_STATE = 15;

    /** What is stored of a reading; its code is added to the reading's id times sixteen. */
    public enum Stat {
        /** The smallest value. */
        MIN(true, 0, ReadingRollup::min),
        /** The largest value. */
        MAX(true, 0, ReadingRollup::max),
        /** The mean of the values. */
        MEAN(true, 2, ReadingRollup::mean),
        /** How many values there were. */
        COUNT(true, Stat.WHOLE, ReadingRollup::count),
        /** The last value. */
        LAST(true, 0, ReadingRollup::last),
        /** The first value. */
        FIRST(false, 0, ReadingRollup::first),
        /** The poll time of the first value, ms since the epoch. */
        FIRST_AT(false, Stat.WHOLE, ReadingRollup::firstAt),
        /** The poll time of the last value, ms since the epoch. */
        LAST_AT(false, Stat.WHOLE, ReadingRollup::lastAt),
        /** The reading times seconds. */
        INTEGRAL(false, 0, ReadingRollup::integral);

        private static final int BITS = 4;
        private static final int WHOLE = -1;
        private static final Stat[] ALL = values();

        /** Whether it is stored of each reading, or of integrated ones alone. */
        private final boolean ofEach;

        /** Decimals beyond those of the reading, or {@link #WHOLE} for none at all. */
        private final int moreDecimals;

        @SuppressWarnings("ImmutableEnumChecker") // a method of a record
        private final ToDoubleFunction<ReadingRollup> value;

        Stat(boolean ofEach, int moreDecimals, ToDoubleFunction<ReadingRollup> value) {
            this.ofEach = ofEach;
            this.moreDecimals = moreDecimals;
            this.value = value;
        }

        @SuppressWarnings("EnumOrdinal") // the codes are those of the format; the order of the constants never changes
        int code() {
            return ordinal();
        }

        /** The id of the column that holds this of a reading. */
        public int column(int reading) {
            return reading << BITS | code();
        }
    }

    static final int POWER_ESTIMATED = Stat.MIN.column(ColumnIds.POWER_ESTIMATED);
    private static final int POOL = Stat.MIN.column(ColumnIds.POOL);
    static final int STATE = Stat.MIN.column(ColumnIds.STATE);

    /** The roll-up of this span and a later one together. */
    public Rollup then(Rollup later) {
        TreeMap<Integer, ReadingRollup> both = new TreeMap<>(readings);
        later.readings.forEach((id, reading) -> both.merge(id, reading, ReadingRollup::then));
        TreeMap<Integer, Long> counted = new TreeMap<>(states);
        later.states.forEach((number, samples) -> counted.merge(number, samples, Long::sum));
        return new Rollup(
                both,
                powerEstimated || later.powerEstimated,
                later.pool == Column.ABSENT ? pool : later.pool,
                counted,
                later.state == Column.ABSENT ? state : later.state,
                WorkRollup.merge(work, later.work));
    }

    /** What a roll-up must know of a reading by its id. */
    public interface Catalogue {
        /** The fewest decimals that it is stored with; 0 for one that this program does not know. */
        int decimals(int id);

        /** Whether its integral over time is of use: energy, production. */
        boolean integrated(int id);
    }

    /**
     * The roll-ups of some miners as a {@link Frame}.
     *
     * @param miners by the miner's number, at least one
     */
    public static byte[] encode(SortedMap<Integer, Rollup> miners, Catalogue catalogue) {
        Rollup[] all = miners.values().toArray(Rollup[]::new);
        List<Column> columns = new ArrayList<>();
        columns.add(Column.ofNumbers(
                ColumnIds.KEY,
                miners.keySet().stream().mapToLong(Integer::longValue).toArray()));
        columns.add(numbers(POWER_ESTIMATED, all, rollup -> rollup.powerEstimated ? 1 : 0));
        columns.add(numbers(POOL, all, Rollup::pool));
        columns.add(numbers(STATE, all, Rollup::state));
        for (int number = 1; number <= MAX_STATE; number++) {
            int wanted = number;
            if (Stream.of(all).anyMatch(rollup -> rollup.states.containsKey(wanted))) {
                columns.add(numbers(STATE + number, all, rollup -> rollup.states.getOrDefault(wanted, Column.ABSENT)));
            }
        }
        TreeSet<Integer> ids = new TreeSet<>();
        for (Rollup rollup : all) {
            ids.addAll(rollup.readings.keySet());
        }
        for (int id : ids) {
            for (Stat stat : Stat.ALL) {
                if (stat.ofEach || catalogue.integrated(id)) {
                    columns.add(column(all, id, stat, catalogue.decimals(id)));
                }
            }
        }
        WorkRollup.encode(all, columns);
        columns.sort(Comparator.comparingInt(Column::id));
        return Frame.encode(columns);
    }

    private static Column numbers(int id, Rollup[] all, ToLongFunction<Rollup> number) {
        return Column.ofNumbers(id, Stream.of(all).mapToLong(number).toArray());
    }

    private static Column column(Rollup[] all, int id, Stat stat, int decimals) {
        double[] values = new double[all.length];
        Arrays.setAll(values, row -> {
            ReadingRollup reading = all[row].readings.get(id);
            return reading == null ? Double.NaN : stat.value.applyAsDouble(reading);
        });
        return Column.of(stat.column(id), stat.moreDecimals == Stat.WHOLE ? 0 : decimals + stat.moreDecimals, values);
    }

    /** All roll-ups of a frame that {@link #encode} made, by the miner's number. */
    public static SortedMap<Integer, Rollup> readAll(Frame frame) {
        TreeMap<Integer, Rollup> found = new TreeMap<>();
        int keys = frame.find(ColumnIds.KEY);
        for (int row = 0; row < frame.rows(); row++) {
            found.put((int) frame.number(keys, row), read(frame, row));
        }
        return found;
    }

    /** The roll-up in a row of a frame that {@link #encode} made; what is stored of integrated readings alone is NaN or 0. */
    public static Rollup read(Frame frame, int row) {
        TreeMap<Integer, ReadingRollup> readings = new TreeMap<>();
        TreeMap<Integer, Long> states = new TreeMap<>();
        for (int column = 0; column < frame.columns(); column++) {
            int reading = frame.id(column) >> Stat.BITS;
            if (frame.id(column) > STATE && reading == ColumnIds.STATE && frame.number(column, row) != Column.ABSENT) {
                states.put(frame.id(column) - STATE, frame.number(column, row));
            } else if (frame.id(column) == Stat.COUNT.column(reading) && frame.number(column, row) != Column.ABSENT) {
                readings.put(reading, reading(frame, row, reading));
            }
        }
        int estimated = frame.find(POWER_ESTIMATED);
        return new Rollup(
                readings,
                estimated >= 0 && frame.number(estimated, row) == 1,
                number(frame, POOL, row),
                states,
                number(frame, STATE, row),
                WorkRollup.read(frame, row));
    }

    private static long number(Frame frame, int id, int row) {
        int column = frame.find(id);
        return column < 0 ? Column.ABSENT : frame.number(column, row);
    }

    private static ReadingRollup reading(Frame frame, int row, int id) {
        double[] values = new double[Stat.ALL.length];
        Arrays.setAll(values, code -> frame.value(frame.find(Stat.ALL[code].column(id)), row));
        return new ReadingRollup(
                (long) values[Stat.COUNT.code()],
                values[Stat.MIN.code()],
                values[Stat.MAX.code()],
                values[Stat.MEAN.code()],
                values[Stat.FIRST.code()],
                values[Stat.LAST.code()],
                (long) values[Stat.FIRST_AT.code()],
                (long) values[Stat.LAST_AT.code()],
                values[Stat.INTEGRAL.code()]);
    }
}
