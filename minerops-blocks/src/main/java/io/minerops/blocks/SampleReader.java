package io.minerops.blocks;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Pool;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes whole samples of stored columns and of roll-ups. */
public final class SampleReader {
    private final ReadingIds readings;
    private final PoolNumbers pools;

    public SampleReader(ReadingIds readings, PoolNumbers pools) {
        this.readings = readings;
        this.pools = pools;
    }

    OfMiner of(int rank, MinerAddress miner, Samples samples, long from, long until) {
        return new OfMiner(rank, miner, samples, from, until);
    }

    OfSlice rollups(Frame slice) {
        return new OfSlice(slice);
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
        private final long @Nullable [] state;
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
            state = samples.numbersOf(ColumnIds.STATE);
        }

        int rank() {
            return rank;
        }

        /** The time of the next sample; {@link Long#MAX_VALUE} after the last. */
        long time() {
            return next < end ? times[next] : Long.MAX_VALUE;
        }

        MinerAddress address() {
            return miner;
        }

        /** The position of the next sample. */
        int position() {
            return next;
        }

        /** Leaves out the samples before a time; the position of the next one. */
        int moveTo(long before) {
            while (next < end && times[next] < before) {
                next++;
            }
            return next;
        }

        /** The values of a reading by position, see {@link Reading#column()}; null where no sample has it. */
        double @Nullable [] column(int column) {
            return values[column];
        }

        boolean anyEstimated(int begin, int until) {
            for (int row = begin; estimated != null && row < until; row++) {
                if (estimated[row] == 1) {
                    return true;
                }
            }
            return false;
        }

        @Nullable
        Pool lastPool(int begin, int until) {
            for (int row = until - 1; pool != null && row >= begin; row--) {
                if (pool[row] != Column.ABSENT) {
                    return pools.pool(pool[row]);
                }
            }
            return null;
        }

        WorkState lastState(int begin, int until) {
            for (int row = until - 1; state != null && row >= begin; row--) {
                WorkState reported = ColumnIds.state(state[row]);
                if (reported != WorkState.UNKNOWN) {
                    return reported;
                }
            }
            return WorkState.UNKNOWN;
        }

        MetricSample take() {
            int row = next++;
            long readAt = times[row] + (readAfter == null ? 0 : readAfter[row]);
            MetricSample.Builder sample = MetricSample.builder(miner, Instant.ofEpochMilli(readAt));
            sample.powerEstimated(estimated != null && estimated[row] == 1);
            if (pool != null) {
                sample.pool(pools.pool(pool[row]));
            }
            if (state != null) {
                sample.state(ColumnIds.state(state[row]));
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

    /** The roll-ups of a slice of miners, of which only means and counts are decoded. */
    final class OfSlice {
        private final Frame frame;
        private final int miners;
        private final int estimated;
        private final int pool;
        private final int state;
        /** By {@link Reading#column()}; negative where no miner has the reading. */
        private final int[] means = new int[Reading.count()];

        private final int[] counts = new int[Reading.count()];

        private OfSlice(Frame frame) {
            this.frame = frame;
            miners = frame.find(ColumnIds.KEY);
            estimated = frame.find(Rollup.Stat.MIN.column(ColumnIds.POWER_ESTIMATED));
            pool = frame.find(Rollup.Stat.MIN.column(ColumnIds.POOL));
            state = frame.find(Rollup.Stat.MIN.column(ColumnIds.STATE));
            for (Reading reading : Reading.all()) {
                int id = readings.id(reading);
                means[reading.column()] = id == 0 ? -1 : frame.find(Rollup.Stat.MEAN.column(id));
                counts[reading.column()] = id == 0 ? -1 : frame.find(Rollup.Stat.COUNT.column(id));
            }
        }

        int miner(int row) {
            return (int) frame.number(miners, row);
        }

        MetricSample mean(int row, MinerAddress miner, long at) {
            MetricSample.Builder mean = MetricSample.builder(miner, Instant.ofEpochMilli(at));
            mean.powerEstimated(estimated >= 0 && frame.number(estimated, row) == 1);
            long named = pool < 0 ? Column.ABSENT : frame.number(pool, row);
            mean.pool(pools.pool(named));
            mean.state(ColumnIds.state(state < 0 ? Column.ABSENT : frame.number(state, row)));
            for (Reading reading : Reading.all()) {
                mean.set(reading, frame.value(means[reading.column()], row));
            }
            return mean.build();
        }

        /** How many values each mean is of, by {@link Reading#column()}; 0 where there is none. */
        long[] counts(int row) {
            long[] found = new long[counts.length];
            for (int column = 0; column < found.length; column++) {
                long count = counts[column] < 0 ? Column.ABSENT : frame.number(counts[column], row);
                found[column] = Math.max(0, count);
            }
            return found;
        }
    }
}
