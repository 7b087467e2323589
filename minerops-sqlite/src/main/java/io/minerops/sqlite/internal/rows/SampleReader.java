package io.minerops.sqlite.internal.rows;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Reading;
import io.minerops.blocks.Column;
import io.minerops.blocks.ColumnIds;
import io.minerops.blocks.Frame;
import io.minerops.blocks.Samples;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes whole samples of stored columns. */
final class SampleReader {
    private final ReadingBook readings;
    private final PoolBook pools;

    SampleReader(ReadingBook readings, PoolBook pools) {
        this.readings = readings;
        this.pools = pools;
    }

    OfMiner of(int rank, MinerAddress miner, Samples samples, long from, long until) {
        return new OfMiner(rank, miner, samples, from, until);
    }

    Rollups rollups(Frame slice) {
        return new Rollups(slice, readings, pools);
    }

    /** The first of ascending times that is not before one given. */
    static int firstFrom(long[] times, long from) {
        int found = Arrays.binarySearch(times, from);
        return found < 0 ? -found - 1 : found;
    }

    /** The samples of one miner, each taken once. */
    final class OfMiner {
        private final int rank;
        private final MinerAddress miner;
        private final long[] times;
        private final int end;
        private final double[] @Nullable [] values = new double[Reading.count()][];
        private final long @Nullable [] readAfter;
        private final long @Nullable [] estimated;
        private final long @Nullable [] pool;
        private int next;

        private OfMiner(int rank, MinerAddress miner, Samples samples, long from, long until) {
            this.rank = rank;
            this.miner = miner;
            times = samples.times();
            next = firstFrom(times, from);
            end = firstFrom(times, until);
            for (Reading reading : Reading.all()) {
                int id = readings.id(reading);
                values[reading.column()] = id == 0 || next == end ? null : samples.valuesOf(id);
            }
            readAfter = samples.numbersOf(ColumnIds.READ_AFTER_MS);
            estimated = samples.numbersOf(ColumnIds.POWER_ESTIMATED);
            pool = samples.numbersOf(ColumnIds.POOL);
        }

        int rank() {
            return rank;
        }

        /** The time of the next sample; {@link Long#MAX_VALUE} after the last. */
        long time() {
            return next < end ? times[next] : Long.MAX_VALUE;
        }

        MetricSample take() {
            int row = next++;
            long readAt = times[row] + (readAfter == null ? 0 : readAfter[row]);
            MetricSample.Builder sample = MetricSample.builder(miner, Instant.ofEpochMilli(readAt));
            sample.powerEstimated(estimated != null && estimated[row] == 1);
            if (pool != null && pool[row] != Column.ABSENT) {
                sample.pool(pools.pool(pool[row]));
            }
            for (Reading reading : Reading.all()) {
                double[] column = values[reading.column()];
                if (column != null) {
                    sample.set(reading, column[row]);
                }
            }
            return sample.build();
        }
    }
}
