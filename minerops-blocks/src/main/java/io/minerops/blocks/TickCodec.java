package io.minerops.blocks;

import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Pool;
import io.minerops.api.miner.Reading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The samples of one poll as a frame whose rows are the numbers of miners, and a row of it as a sample. */
public final class TickCodec {
    /** Up to so many numbers for each row they are sorted by counting. */
    private static final int NUMBERS_PER_ROW = 8;

    /** Samples whose readings are taken column by column while they are in the processor's cache. */
    private static final int ROWS_AT_A_TIME = 64;

    private static final Reading[] READINGS = Reading.all().toArray(Reading[]::new);

    private final ReadingIds readings;
    private final PoolNumbers pools;

    public TickCodec(ReadingIds readings, PoolNumbers pools) {
        this.readings = readings;
        this.pools = pools;
    }

    private interface OfValues {
        Column of(Reading reading, double[] values);
    }

    /**
     * A poll as a frame in bytes.
     *
     * @param samples at least one
     * @param numbers the number of each sample's miner, each once
     */
    public byte[] encode(long pollAt, List<MetricSample> samples, int[] numbers) {
        return encode(
                pollAt,
                samples,
                numbers,
                (reading, values) -> Column.of(readings.id(reading), ColumnIds.decimals(reading), values));
    }

    /** The same with each value to the last bit. */
    public byte[] encodeExactly(long pollAt, List<MetricSample> samples, int[] numbers) {
        return encode(
                pollAt,
                samples,
                numbers,
                (reading, values) -> Column.exact(readings.id(reading), ColumnIds.decimals(reading), values));
    }

    /**
     * Gives the current row of a snapshot a sample that was appended, as it is stored: the latest is what the history says of
     * that poll, now and after a restart.
     */
    public static void show(FleetSnapshot.Builder snapshot, Instant pollAt, MetricSample appended) {
        snapshot.sample(pollAt, appended);
        for (Reading reading : READINGS) {
            snapshot.set(reading, Column.rounded(ColumnIds.decimals(reading), appended.value(reading)));
        }
    }

    /** Gives the current row of a snapshot the sample in a row of a tick, as {@link #read} would, without making an object of it. */
    public void show(FleetSnapshot.Builder snapshot, Instant pollAt, Frame tick, int row) {
        snapshot.sampledAt(pollAt.toEpochMilli());
        for (int column = 0; column < tick.columns(); column++) {
            int id = tick.id(column);
            Reading reading = readings.reading(id);
            if (reading != null) {
                snapshot.set(reading, tick.value(column, row));
            } else if (id == ColumnIds.POWER_ESTIMATED) {
                snapshot.powerEstimated(tick.number(column, row) == 1);
            } else if (id == ColumnIds.POOL) {
                snapshot.pool(pools.pool(tick.number(column, row)));
            } else if (id == ColumnIds.STATE) {
                snapshot.state(ColumnIds.state(tick.number(column, row)));
            }
        }
    }

    private byte[] encode(long pollAt, List<MetricSample> samples, int[] numbers, OfValues column) {
        int rows = samples.size();
        MetricSample[] ascending = samples.toArray(MetricSample[]::new);
        long[] keys = ascending(ascending, numbers);
        long[] readAfter = new long[rows];
        long[] estimated = new long[rows];
        long[] pool = new long[rows];
        long[] state = new long[rows];
        double[][] values = new double[READINGS.length][rows];
        Pool last = null;
        long lastNumber = Column.ABSENT;
        for (int row = 0; row < rows; row++) {
            MetricSample sample = ascending[row];
            readAfter[row] = Millis.of(sample.readAt()) - pollAt;
            estimated[row] = sample.powerEstimated() ? 1 : 0;
            if (!Objects.equals(sample.pool(), last)) {
                last = sample.pool();
                lastNumber = pools.number(last);
            }
            pool[row] = lastNumber;
            state[row] = ColumnIds.ofState(sample.state());
        }
        for (int begin = 0; begin < rows; begin += ROWS_AT_A_TIME) {
            int end = Math.min(rows, begin + ROWS_AT_A_TIME);
            for (int i = 0; i < READINGS.length; i++) {
                copy(ascending, READINGS[i], values[i], begin, end);
            }
        }
        List<Column> columns = new ArrayList<>(READINGS.length + ColumnIds.FIRST_READING);
        columns.add(Column.ofNumbers(ColumnIds.KEY, keys));
        columns.add(Column.ofNumbers(ColumnIds.READ_AFTER_MS, readAfter));
        columns.add(Column.ofNumbers(ColumnIds.POWER_ESTIMATED, estimated));
        columns.add(Column.ofNumbers(ColumnIds.POOL, pool));
        columns.add(Column.ofNumbers(ColumnIds.STATE, state));
        for (int i = 0; i < READINGS.length; i++) {
            if (readings.id(READINGS[i]) > 0) {
                columns.add(column.of(READINGS[i], values[i]));
            }
        }
        columns.sort((one, other) -> Integer.compare(one.id(), other.id()));
        return Frame.encode(columns);
    }

    private static void copy(MetricSample[] samples, Reading reading, double[] into, int begin, int end) {
        for (int row = begin; row < end; row++) {
            into[row] = samples[row].value(reading);
        }
    }

    /** Sorts samples by the numbers of their miners; the numbers in that order. */
    private static long[] ascending(MetricSample[] samples, int[] numbers) {
        int rows = numbers.length;
        long[] keys = new long[rows];
        boolean sorted = true;
        for (int row = 0; row < rows; row++) {
            keys[row] = numbers[row];
            sorted &= row == 0 || keys[row - 1] < keys[row];
        }
        if (sorted) {
            return keys;
        }
        MetricSample[] given = samples.clone();
        int highest = Arrays.stream(numbers).max().getAsInt();
        if (highest <= rows * NUMBERS_PER_ROW) {
            int[] rowOf = new int[highest + 1];
            for (int row = 0; row < rows; row++) {
                rowOf[numbers[row]] = row + 1;
            }
            int next = 0;
            for (int number = 0; number <= highest; number++) {
                if (rowOf[number] > 0) {
                    samples[next] = given[rowOf[number] - 1];
                    keys[next++] = number;
                }
            }
            return keys;
        }
        for (int row = 0; row < rows; row++) {
            keys[row] = (long) numbers[row] << Integer.SIZE | row;
        }
        Arrays.sort(keys);
        for (int row = 0; row < rows; row++) {
            samples[row] = given[(int) keys[row]];
            keys[row] >>= Integer.SIZE;
        }
        return keys;
    }

    /** The sample in a row. */
    public MetricSample read(Frame tick, int row, MinerAddress miner, long pollAt) {
        int readAfter = tick.find(ColumnIds.READ_AFTER_MS);
        long readAt = pollAt + (readAfter < 0 ? 0 : tick.number(readAfter, row));
        MetricSample.Builder sample = MetricSample.builder(miner, Instant.ofEpochMilli(readAt));
        for (int column = 0; column < tick.columns(); column++) {
            int id = tick.id(column);
            Reading reading = readings.reading(id);
            if (reading != null) {
                sample.set(reading, tick.value(column, row));
            } else if (id == ColumnIds.POWER_ESTIMATED) {
                sample.powerEstimated(tick.number(column, row) == 1);
            } else if (id == ColumnIds.POOL) {
                sample.pool(pools.pool(tick.number(column, row)));
            } else if (id == ColumnIds.STATE) {
                sample.state(ColumnIds.state(tick.number(column, row)));
            }
        }
        return sample.build();
    }
}
