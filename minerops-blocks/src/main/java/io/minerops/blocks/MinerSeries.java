package io.minerops.blocks;

import java.util.Arrays;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Collects the samples of one miner, ascending by time, and seals them into a {@link Block} and a {@link Rollup}. A
 * sample of a time that is there already replaces it. Not thread-safe.
 */
public final class MinerSeries implements Samples {
    private static final int CAPACITY = 128;
    private static final int IDS = 64;

    /** By id; null where no sample has such a column. */
    private @Nullable Cells[] columns = new Cells[IDS];

    private long[] times = new long[CAPACITY];
    private int rows;

    /** A column that is being filled; it has the scale of the value with the most decimals. */
    private final class Cells {
        private long[] numbers = new long[times.length];
        private int scale;

        Cells(int scale) {
            this.scale = scale;
            Arrays.fill(numbers, Column.ABSENT);
        }

        void set(int row, long number, int given) {
            if (number == Column.ABSENT) {
                return;
            }
            if (given != scale) {
                int wider = Math.max(given, scale);
                widen(fits(number, given, wider) ? wider : Column.DOUBLES);
            }
            numbers[row] = Column.rescaled(number, given, scale);
        }

        private boolean fits(long number, int given, int wanted) {
            boolean all = Column.fits(number, given, wanted);
            for (int row = 0; all && row < rows; row++) {
                all = Column.fits(numbers[row], scale, wanted);
            }
            return all;
        }

        private void widen(int wanted) {
            for (int row = 0; row < rows; row++) {
                numbers[row] = Column.rescaled(numbers[row], scale, wanted);
            }
            scale = wanted;
        }

        /** Leaves out decimals that are zero in every row: another miner of the same poll needed them. */
        Column trimmed() {
            long[] kept = Arrays.copyOf(numbers, rows);
            int least = scale;
            while (least > 0 && least != Column.DOUBLES && allEndInZero(kept)) {
                least--;
                Arrays.setAll(kept, row -> kept[row] == Column.ABSENT ? Column.ABSENT : kept[row] / 10);
            }
            return new Column(0, least, kept);
        }

        private static boolean allEndInZero(long[] numbers) {
            for (long number : numbers) {
                if (number != Column.ABSENT && number % 10 != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Whether there is no sample. */
    public boolean isEmpty() {
        return rows == 0;
    }

    /** Takes in the samples of a block. */
    public void add(Block block) {
        long[] at = block.times();
        int[] target = new int[at.length];
        for (int i = 0; i < at.length; i++) {
            row(at[i]);
        }
        Arrays.setAll(target, i -> Arrays.binarySearch(times, 0, rows, at[i]));
        for (int column = 1; column < block.columns(); column++) {
            long[] numbers = block.numbers(column);
            int scale = block.scale(column);
            Cells cells = cells(block.id(column), scale);
            for (int i = 0; i < numbers.length; i++) {
                cells.set(target[i], numbers[i], scale);
            }
        }
    }

    /** Takes in a poll's time alone. */
    public void add(long at) {
        row(at);
    }

    /** Takes in a row of a poll. */
    public void add(long at, Frame poll, int row) {
        int target = row(at);
        for (int column = 0; column < poll.columns(); column++) {
            if (poll.id(column) != ColumnIds.KEY) {
                int scale = poll.scale(column);
                cells(poll.id(column), scale).set(target, poll.number(column, row), scale);
            }
        }
    }

    private Cells cells(int id, int scale) {
        if (id > ColumnIds.LAST_READING) {
            throw new DamagedBytesException("column " + id + " is beyond " + ColumnIds.LAST_READING);
        }
        if (id >= columns.length) {
            columns = Arrays.copyOf(columns, Math.max(columns.length * 2, id + 1));
        }
        Cells cells = columns[id];
        if (cells == null) {
            cells = new Cells(scale);
            columns[id] = cells;
        }
        return cells;
    }

    /** The row of a time without values: a new one, or the one that it has. */
    private int row(long at) {
        int found = rows > 0 && at <= times[rows - 1] ? Arrays.binarySearch(times, 0, rows, at) : -rows - 1;
        int row = found < 0 ? -found - 1 : found;
        if (found < 0) {
            insert(row);
            times[row] = at;
        }
        for (Cells cells : columns) {
            if (cells != null) {
                cells.numbers[row] = Column.ABSENT;
            }
        }
        return row;
    }

    private void insert(int row) {
        if (rows == times.length) {
            times = Arrays.copyOf(times, rows * 2);
            for (Cells cells : columns) {
                if (cells != null) {
                    cells.numbers = Arrays.copyOf(cells.numbers, times.length);
                    Arrays.fill(cells.numbers, rows, times.length, Column.ABSENT);
                }
            }
        }
        System.arraycopy(times, row, times, row + 1, rows - row);
        for (Cells cells : columns) {
            if (cells != null && row < rows) {
                System.arraycopy(cells.numbers, row, cells.numbers, row + 1, rows - row);
            }
        }
        rows++;
    }

    /** The samples as a block. */
    public byte[] encode() {
        if (rows == 0 || rows > Block.MAX_ROWS) {
            throw new IllegalStateException("a block holds 1 to " + Block.MAX_ROWS + " samples, not " + rows);
        }
        ByteSink sink = new ByteSink();
        ByteSink payload = new ByteSink();
        sink.putBytes(0, Long.BYTES);
        sink.putBytes(0, Checks.HEAD - Long.BYTES);
        long[] present = new long[rows];
        write(sink, payload, 0, Column.ofNumbers(ColumnIds.KEY, Arrays.copyOf(times, rows)), present);
        int written = 1;
        int before = ColumnIds.KEY;
        for (int id = 0; id < columns.length; id++) {
            Cells cells = columns[id];
            Column trimmed = cells == null ? null : cells.trimmed();
            if (trimmed != null && !trimmed.isEmpty()) {
                write(sink, payload, id - before - 1, trimmed, present);
                before = id;
                written++;
            }
        }
        return Checks.close(sink.toBytes(), Block.KIND, written, rows);
    }

    private void write(ByteSink sink, ByteSink payload, int idStep, Column column, long[] present) {
        int count = 0;
        for (int row = 0; row < rows; row++) {
            if (column.number(row) != Column.ABSENT) {
                present[count++] = column.number(row);
            }
        }
        payload.clear();
        if (count < rows) {
            for (int row = 0; row < rows; row += Byte.SIZE) {
                int bits = 0;
                for (int bit = 0; bit < Byte.SIZE && row + bit < rows; bit++) {
                    bits |= column.number(row + bit) == Column.ABSENT ? 0 : 1 << bit;
                }
                payload.put(bits);
            }
        }
        Encoding encoding = Encoding.writeSmallest(payload, present, count, column.scale() == Column.DOUBLES);
        sink.putUnsigned(idStep);
        sink.put(column.scale());
        sink.put(encoding.code() | (count < rows ? Block.SOME_ABSENT : 0));
        sink.putUnsigned(payload.size());
        sink.putAll(payload);
    }

    /** What the samples come to; see {@link Rollup}. */
    public Rollup rollup(ReadingIds ids) {
        TreeMap<Integer, ReadingRollup> readings = new TreeMap<>();
        boolean estimated = false;
        long pool = Column.ABSENT;
        TreeMap<Integer, Long> states = new TreeMap<>();
        long state = Column.ABSENT;
        for (int id = 0; id < columns.length; id++) {
            double[] values = id < ColumnIds.FIRST_READING ? null : valuesOf(id);
            ReadingRollup rolled = values == null ? null : ReadingRollup.of(times, values);
            if (rolled != null) {
                readings.put(id, rolled);
            }
        }
        for (int row = 0; row < rows; row++) {
            estimated |= number(ColumnIds.POWER_ESTIMATED, row) == 1;
            long named = number(ColumnIds.POOL, row);
            pool = named == Column.ABSENT ? pool : named;
            long reported = number(ColumnIds.STATE, row);
            if (reported > 0 && reported <= Rollup.MAX_STATE) {
                state = reported;
                states.merge((int) reported, 1L, Long::sum);
            }
        }
        return new Rollup(readings, estimated, pool, states, state, WorkRollup.of(this, ids));
    }

    private long number(int id, int row) {
        Cells cells = columns[id];
        return cells == null ? Column.ABSENT : cells.numbers[row];
    }

    @Override
    public long[] times() {
        return Arrays.copyOf(times, rows);
    }

    @Override
    public long @Nullable [] numbersOf(int id) {
        Cells cells = id < columns.length ? columns[id] : null;
        return cells == null ? null : Arrays.copyOf(cells.numbers, rows);
    }

    @Override
    public double @Nullable [] valuesOf(int id) {
        Cells cells = id < columns.length ? columns[id] : null;
        if (cells == null) {
            return null;
        }
        double[] values = new double[rows];
        Arrays.setAll(values, row -> Column.value(cells.numbers[row], cells.scale));
        return values;
    }
}
