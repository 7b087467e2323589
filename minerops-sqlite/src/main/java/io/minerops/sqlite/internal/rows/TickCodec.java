package io.minerops.sqlite.internal.rows;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Reading;
import io.minerops.blocks.Column;
import io.minerops.blocks.ColumnIds;
import io.minerops.blocks.Frame;
import io.minerops.sqlite.internal.db.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.ToIntFunction;

/** The samples of one poll as a frame whose rows are the numbers of miners, and a row of it as a sample. */
final class TickCodec {
    private final ReadingBook readings;
    private final PoolBook pools;

    TickCodec(ReadingBook readings, PoolBook pools) {
        this.readings = readings;
        this.pools = pools;
    }

    byte[] encode(long pollAt, List<MetricSample> samples, ToIntFunction<MinerAddress> number) {
        return encode(
                pollAt,
                samples,
                number,
                (reading, values) -> Column.of(readings.id(reading), ColumnIds.decimals(reading), values));
    }

    /** The same with each value to the last bit. */
    byte[] encodeExactly(long pollAt, List<MetricSample> samples, ToIntFunction<MinerAddress> number) {
        return encode(pollAt, samples, number, (reading, values) -> Column.ofDoubles(readings.id(reading), values));
    }

    private byte[] encode(
            long pollAt,
            List<MetricSample> samples,
            ToIntFunction<MinerAddress> number,
            BiFunction<Reading, double[], Column> column) {
        int rows = samples.size();
        long[] order = new long[rows];
        for (int i = 0; i < rows; i++) {
            order[i] = Times.key(number.applyAsInt(samples.get(i).miner()), i);
        }
        Arrays.sort(order);
        long[] numbers = new long[rows];
        long[] readAfter = new long[rows];
        long[] estimated = new long[rows];
        long[] pool = new long[rows];
        long[] state = new long[rows];
        double[][] values = new double[Reading.count()][rows];
        for (int row = 0; row < rows; row++) {
            MetricSample sample = samples.get(Times.miner(order[row]));
            numbers[row] = Times.keyTime(order[row]);
            readAfter[row] = Times.millis(sample.readAt()) - pollAt;
            estimated[row] = sample.powerEstimated() ? 1 : 0;
            Long named = pools.number(sample.pool());
            pool[row] = named == null ? Column.ABSENT : named;
            state[row] = ColumnIds.ofState(sample.state());
            for (Reading reading : Reading.all()) {
                values[reading.column()][row] = sample.value(reading);
            }
        }
        List<Column> columns = new ArrayList<>();
        columns.add(Column.ofNumbers(ColumnIds.KEY, numbers));
        columns.add(Column.ofNumbers(ColumnIds.READ_AFTER_MS, readAfter));
        columns.add(Column.ofNumbers(ColumnIds.POWER_ESTIMATED, estimated));
        columns.add(Column.ofNumbers(ColumnIds.POOL, pool));
        columns.add(Column.ofNumbers(ColumnIds.STATE, state));
        for (Reading reading : Reading.all()) {
            if (readings.id(reading) > 0) {
                columns.add(column.apply(reading, values[reading.column()]));
            }
        }
        columns.sort((one, other) -> Integer.compare(one.id(), other.id()));
        return Frame.encode(columns);
    }

    MetricSample read(Frame tick, int row, MinerAddress miner, long pollAt) {
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
            } else if (id == ColumnIds.POOL && tick.number(column, row) != Column.ABSENT) {
                sample.pool(pools.pool(tick.number(column, row)));
            } else if (id == ColumnIds.STATE) {
                sample.state(ColumnIds.state(tick.number(column, row)));
            }
        }
        return sample.build();
    }
}
