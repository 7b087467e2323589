package io.minerops.api.store;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Pool;
import io.minerops.api.miner.ProvenWork;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one miner's samples of an hour or a UTC day came to. Energy and work are integrated over time, by the trapezoid
 * between each two values; of a gap longer than {@link #MAX_GAP} nothing is known, and it adds nothing. The time between
 * the last value of one span and the first of the next belongs to neither; within a day, that between its hours counts.
 *
 * @param miner the miner
 * @param start when the hour or the day began
 * @param readings each reading that any sample had
 * @param energyWh the energy, Wh; NaN where no sample had a power
 * @param workTh the hashes that the hashrate amounts to, TH (TH/s times s); NaN where no sample had a hashrate
 * @param powerEstimated whether the power of any sample was a nominal figure
 * @param pool the pool reported last; null where none was
 * @param states how many samples had each state of work; without those that none had
 * @param proven what accepted shares prove, and what the miner claimed over the same time; {@link ProvenWork#NONE} where that
 *     is not known
 */
public record MetricRollup(
        MinerAddress miner,
        Instant start,
        Map<Reading, Of> readings,
        double energyWh,
        double workTh,
        boolean powerEstimated,
        @Nullable Pool pool,
        Map<WorkState, Long> states,
        ProvenWork proven) {
    /** The longest time between two values of which the time between them is counted: ten minutes. */
    public static final Duration MAX_GAP = Duration.ofMinutes(10);

    /** Copies the maps. */
    public MetricRollup {
        readings = Map.copyOf(readings);
        states = Map.copyOf(states);
    }

    /** How many samples it is of, at least: those of its most frequent reading, or with a state. */
    public long samples() {
        long samples = 0;
        for (long count : states.values()) {
            samples += count;
        }
        for (Of reading : readings.values()) {
            samples = Math.max(samples, reading.count());
        }
        return samples;
    }

    /**
     * Roll-ups of the same hour or UTC day in columns, without an object for each. The rows come in any order.
     * Immutable.
     */
    public interface Columns {
        /** These roll-ups, one or more of the same hour or day. */
        static Columns of(List<MetricRollup> rollups) {
            return new RollupList(List.copyOf(rollups));
        }

        /** When the hour or the day began. */
        Instant start();

        /** How many roll-ups there are. */
        int size();

        /** The miner of a row. */
        MinerAddress miner(int row);

        /** How many samples had a reading; 0 where none had. */
        long count(Reading reading, int row);

        /** A value of a reading, in its unit; NaN where no sample had it. */
        double value(Reading reading, Stat stat, int row);

        /** The energy, Wh; NaN where no sample had a power. */
        double energyWh(int row);

        /** The hashes that the hashrate amounts to, TH; NaN where no sample had a hashrate. */
        double workTh(int row);

        /** Whether the power of any sample was a nominal figure. */
        boolean powerEstimated(int row);

        /** How many samples had a state of work. */
        long count(WorkState state, int row);

        /** As {@link MetricRollup#samples()}. */
        long samples(int row);

        /** As {@link MetricRollup#proven()}. */
        ProvenWork proven(int row);
    }

    /** What is kept of the values of a reading. */
    public enum Stat {
        /** The smallest. */
        MIN,
        /** The mean. */
        MEAN,
        /** The largest. */
        MAX,
        /** The last. */
        LAST
    }

    /** Roll-ups that are objects already. */
    private record RollupList(List<MetricRollup> rollups) implements Columns {
        @Override
        public Instant start() {
            return rollups.get(0).start();
        }

        @Override
        public int size() {
            return rollups.size();
        }

        @Override
        public MinerAddress miner(int row) {
            return rollups.get(row).miner();
        }

        @Override
        public long count(Reading reading, int row) {
            Of of = rollups.get(row).readings().get(reading);
            return of == null ? 0 : of.count();
        }

        @Override
        public double value(Reading reading, Stat stat, int row) {
            Of of = rollups.get(row).readings().get(reading);
            if (of == null) {
                return Double.NaN;
            }
            return switch (stat) {
                case MIN -> of.min();
                case MEAN -> of.mean();
                case MAX -> of.max();
                case LAST -> of.last();
            };
        }

        @Override
        public double energyWh(int row) {
            return rollups.get(row).energyWh();
        }

        @Override
        public double workTh(int row) {
            return rollups.get(row).workTh();
        }

        @Override
        public boolean powerEstimated(int row) {
            return rollups.get(row).powerEstimated();
        }

        @Override
        public long count(WorkState state, int row) {
            return rollups.get(row).states().getOrDefault(state, 0L);
        }

        @Override
        public long samples(int row) {
            return rollups.get(row).samples();
        }

        @Override
        public ProvenWork proven(int row) {
            return rollups.get(row).proven();
        }
    }

    /**
     * What one reading came to, in its unit.
     *
     * @param count how many samples had it, 1 or more
     * @param min the smallest value
     * @param mean the mean of the values
     * @param max the largest value
     * @param last the last value
     */
    public record Of(long count, double min, double mean, double max, double last) {}
}
