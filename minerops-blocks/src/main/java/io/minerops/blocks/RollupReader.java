package io.minerops.blocks;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.ProvenWork;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import io.minerops.api.store.MetricRollup;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** Makes what people are given of stored roll-ups, and roll-ups of hours that are not sealed yet. */
public final class RollupReader {
    private static final double SECONDS_PER_HOUR = 3_600;

    private final ReadingIds readings;
    private final PoolNumbers pools;

    public RollupReader(ReadingIds readings, PoolNumbers pools) {
        this.readings = readings;
        this.pools = pools;
    }

    /**
     * What the samples of an hour come to, by the miner's number.
     *
     * @param known the roll-ups of the hour that are stored; they stand for samples that are not
     */
    public SortedMap<Integer, Rollup> of(HourSamples hour, SortedMap<Integer, Rollup> known) {
        TreeMap<Integer, Rollup> all = new TreeMap<>(known);
        hour.miners().forEach((number, samples) -> {
            Rollup fresh = series(samples).rollup(readings);
            Rollup stored = known.get(number);
            all.put(number, stored == null || covers(fresh, stored) ? fresh : stored.then(fresh));
        });
        return all;
    }

    private static MinerSeries series(Samples samples) {
        if (samples instanceof MinerSeries series) {
            return series;
        }
        MinerSeries series = new MinerSeries();
        series.add((Block) samples);
        return series;
    }

    /** Whether a roll-up is of all samples that another one is of, and not only of such as came since. */
    private static boolean covers(Rollup fresh, Rollup stored) {
        for (Map.Entry<Integer, ReadingRollup> reading : stored.readings().entrySet()) {
            ReadingRollup now = fresh.readings().get(reading.getKey());
            if (now == null || now.count() < reading.getValue().count()) {
                return false;
            }
        }
        return true;
    }

    /** A roll-up as it is given; {@code start} is the beginning of its hour or day, ms. */
    public MetricRollup read(Rollup rollup, MinerAddress miner, long start) {
        Map<Reading, MetricRollup.Of> found = new EnumMap<>(Reading.class);
        rollup.readings().forEach((id, of) -> {
            Reading reading = readings.reading(id);
            if (reading != null) {
                found.put(reading, new MetricRollup.Of(of.count(), of.min(), of.mean(), of.max(), of.last()));
            }
        });
        Map<WorkState, Long> states = new EnumMap<>(WorkState.class);
        rollup.states().forEach((number, count) -> states.merge(ColumnIds.state(number), count, Long::sum));
        states.remove(WorkState.UNKNOWN);
        return new MetricRollup(
                miner,
                Instant.ofEpochMilli(start),
                found,
                integral(rollup, Reading.POWER_W) / SECONDS_PER_HOUR,
                integral(rollup, Reading.HASHRATE_THS),
                rollup.powerEstimated(),
                pools.pool(rollup.pool()),
                states,
                rollup.work() == null ? ProvenWork.NONE : rollup.work().work());
    }

    /** A frame of stored roll-ups as it is given; {@code start} is the beginning of its hour or day, ms. */
    public MetricRollup.Columns columns(Frame frame, IntFunction<MinerAddress> miners, long start) {
        return new RollupColumns(frame, readings, miners, Instant.ofEpochMilli(start));
    }

    private double integral(Rollup rollup, Reading reading) {
        ReadingRollup of = rollup.readings().get(readings.id(reading));
        return of == null ? Double.NaN : of.integral();
    }
}
