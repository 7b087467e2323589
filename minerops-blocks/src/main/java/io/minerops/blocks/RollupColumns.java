package io.minerops.blocks;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.ProvenWork;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import io.minerops.api.store.MetricRollup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** A frame of roll-ups, read value by value: no column is decoded that is not read. */
final class RollupColumns implements MetricRollup.Columns {
    private static final double SECONDS_PER_HOUR = 3_600;
    private static final int STATS = Rollup.Stat.values().length;

    private final Frame frame;
    private final IntFunction<MinerAddress> miners;
    private final Instant start;
    private final int keys;
    private final int estimated;

    /** The positions of the columns of each reading, by {@link Reading#column()} and the code of what is kept; -1 for none. */
    private final int[] positions = new int[Reading.count() * STATS];

    /** The positions of the columns that hold how many samples had a reading. */
    private final int[] counts;

    /** By the number of the state; -1 for none. */
    private final int[] states = new int[Rollup.MAX_STATE + 1];

    /** The positions of the columns that hold how many samples had a state that this program knows. */
    private final int[] stateCounts;

    private final int[] work;

    RollupColumns(Frame frame, ReadingIds readings, IntFunction<MinerAddress> miners, Instant start) {
        this.frame = frame;
        this.miners = miners;
        this.start = start;
        keys = frame.find(ColumnIds.KEY);
        estimated = frame.find(Rollup.POWER_ESTIMATED);
        List<Integer> counted = new ArrayList<>();
        for (Reading reading : Reading.all()) {
            for (Rollup.Stat stat : Rollup.Stat.values()) {
                int id = readings.id(reading);
                positions[at(reading, stat)] = id == 0 ? -1 : frame.find(stat.column(id));
            }
            int count = positions[at(reading, Rollup.Stat.COUNT)];
            if (count >= 0) {
                counted.add(count);
            }
        }
        counts = counted.stream().mapToInt(Integer::intValue).toArray();
        List<Integer> known = new ArrayList<>();
        for (int number = 1; number <= Rollup.MAX_STATE; number++) {
            states[number] = frame.find(Rollup.STATE + number);
            if (states[number] >= 0 && ColumnIds.state(number) != WorkState.UNKNOWN) {
                known.add(states[number]);
            }
        }
        stateCounts = known.stream().mapToInt(Integer::intValue).toArray();
        work = WorkRollup.positions(frame);
    }

    private static int at(Reading reading, Rollup.Stat stat) {
        return reading.column() * STATS + stat.code();
    }

    private double value(Reading reading, Rollup.Stat stat, int row) {
        return frame.value(positions[at(reading, stat)], row);
    }

    @Override
    public Instant start() {
        return start;
    }

    @Override
    public int size() {
        return frame.rows();
    }

    @Override
    public MinerAddress miner(int row) {
        return miners.apply((int) frame.number(keys, row));
    }

    @Override
    public long count(Reading reading, int row) {
        return number(positions[at(reading, Rollup.Stat.COUNT)], row);
    }

    private long number(int position, int row) {
        long number = position < 0 ? Column.ABSENT : frame.number(position, row);
        return number == Column.ABSENT ? 0 : number;
    }

    @Override
    public double value(Reading reading, MetricRollup.Stat stat, int row) {
        return switch (stat) {
            case MIN -> value(reading, Rollup.Stat.MIN, row);
            case MEAN -> value(reading, Rollup.Stat.MEAN, row);
            case MAX -> value(reading, Rollup.Stat.MAX, row);
            case LAST -> value(reading, Rollup.Stat.LAST, row);
        };
    }

    @Override
    public double energyWh(int row) {
        return value(Reading.POWER_W, Rollup.Stat.INTEGRAL, row) / SECONDS_PER_HOUR;
    }

    @Override
    public double workTh(int row) {
        return value(Reading.HASHRATE_THS, Rollup.Stat.INTEGRAL, row);
    }

    @Override
    public boolean powerEstimated(int row) {
        return number(estimated, row) == 1;
    }

    @Override
    public long count(WorkState state, int row) {
        int number = state == WorkState.UNKNOWN ? 0 : (int) ColumnIds.ofState(state);
        return number == 0 ? 0 : number(states[number], row);
    }

    @Override
    public long samples(int row) {
        long samples = 0;
        for (int state : stateCounts) {
            samples += number(state, row);
        }
        for (int count : counts) {
            samples = Math.max(samples, number(count, row));
        }
        return samples;
    }

    @Override
    public ProvenWork proven(int row) {
        return WorkRollup.proven(frame, work, row);
    }
}
