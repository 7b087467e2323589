package io.minerops.sqlite.internal.rows;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Reading;
import io.minerops.blocks.Column;
import io.minerops.blocks.ColumnIds;
import io.minerops.blocks.Frame;
import io.minerops.blocks.Rollup;
import java.time.Instant;

/** The roll-ups of a slice of miners, of which only means and counts are decoded. */
final class Rollups {
    private final Frame frame;
    private final PoolBook pools;
    private final int miners;
    private final int estimated;
    private final int pool;
    /** By {@link Reading#column()}; negative where no miner has the reading. */
    private final int[] means = new int[Reading.count()];

    private final int[] counts = new int[Reading.count()];

    Rollups(Frame frame, ReadingBook readings, PoolBook pools) {
        this.frame = frame;
        this.pools = pools;
        miners = frame.find(ColumnIds.KEY);
        estimated = frame.find(Rollup.Stat.MIN.column(ColumnIds.POWER_ESTIMATED));
        pool = frame.find(Rollup.Stat.MIN.column(ColumnIds.POOL));
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
        if (named != Column.ABSENT) {
            mean.pool(pools.pool(named));
        }
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
