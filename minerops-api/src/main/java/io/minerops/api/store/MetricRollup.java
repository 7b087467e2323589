package io.minerops.api.store;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Pool;
import io.minerops.api.miner.ProvenWork;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import java.time.Duration;
import java.time.Instant;
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
