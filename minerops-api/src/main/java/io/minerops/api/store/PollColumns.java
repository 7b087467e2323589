package io.minerops.api.store;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerIndex;
import io.minerops.api.miner.Pool;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What the miners of one roster said in one poll, as parallel columns: sample {@code i} of each column is the same
 * miner, whose row the roster gives. A miner that did not answer has no sample; an absent reading is NaN. Made once and
 * filled again for each poll, so that a long history is read without an object for each sample. Not thread-safe.
 */
public final class PollColumns {
    private final int[] rows;
    private final boolean[] powerEstimated;
    private final @Nullable Pool[] pools;
    private final WorkState[] states;
    /** By {@link Reading#column()}; null if the reading was not requested. */
    private final double[] @Nullable [] columns = new double[Reading.count()][];

    private final double[][] kept;
    private final boolean anyPool;
    private long epochMillis;
    private int size;

    /**
     * Columns without a poll.
     *
     * @param roster the miners that may have a sample; a poll has at most one sample of each
     * @param readings the readings that are kept; all others are NaN
     */
    public PollColumns(MinerIndex roster, Collection<Reading> readings) {
        rows = new int[roster.size()];
        powerEstimated = new boolean[roster.size()];
        pools = new Pool[roster.size()];
        states = new WorkState[roster.size()];
        kept = new double[readings.size()][];
        int next = 0;
        for (Reading reading : readings) {
            double[] column = new double[roster.size()];
            columns[reading.column()] = column;
            kept[next++] = column;
        }
        anyPool = readings.contains(Reading.POOLS_ALIVE);
    }

    /** The poll's time, ms since the epoch. */
    public long epochMillis() {
        return epochMillis;
    }

    /** How many samples there are; 0 where none of the roster's miners answered. */
    public int size() {
        return size;
    }

    /** The row of a sample's miner in the roster. */
    public int row(int sample) {
        return rows[sample];
    }

    /** A reading in the unit that its constant names; NaN if it is absent or was not requested. */
    public double value(Reading reading, int sample) {
        double[] column = columns[reading.column()];
        return column == null ? Double.NaN : column[sample];
    }

    /** Whether the power is a nominal figure; false if {@link Reading#POWER_W} was not requested. */
    public boolean powerEstimated(int sample) {
        return powerEstimated[sample];
    }

    /** The pool that the miner works for; null if unknown or {@link Reading#POOLS_ALIVE} was not requested. */
    public @Nullable Pool pool(int sample) {
        return pools[sample];
    }

    /** What the miner was doing; {@link WorkState#UNKNOWN} where it did not say. It is kept whatever was requested. */
    public WorkState state(int sample) {
        return states[sample];
    }

    /** Forgets the poll before and begins one of that time, without samples. */
    public void begin(long pollEpochMillis) {
        epochMillis = pollEpochMillis;
        size = 0;
    }

    /** Begins the sample of a row that has none in this poll, with every reading absent. */
    public void add(int row) {
        rows[size] = row;
        powerEstimated[size] = false;
        pools[size] = null;
        states[size] = WorkState.UNKNOWN;
        for (double[] column : kept) {
            column[size] = Double.NaN;
        }
        size++;
    }

    /** Sets a reading of the sample last begun, in its unit; NaN makes it absent. One that is not kept is left out. */
    public void set(Reading reading, double value) {
        double[] column = columns[reading.column()];
        if (column != null) {
            column[size - 1] = value;
        }
    }

    /** Sets whether the power of the sample last begun is nominal rather than measured. */
    public void powerEstimated(boolean estimated) {
        powerEstimated[size - 1] = estimated;
    }

    /** Sets the pool of the sample last begun; null where the miner reports none. */
    public void pool(@Nullable Pool pool) {
        pools[size - 1] = pool;
    }

    /** Sets what the miner of the sample last begun was doing. */
    public void state(WorkState state) {
        states[size - 1] = state;
    }

    /** Begins the sample of a row with what is kept of a whole one. */
    public void add(int row, MetricSample sample) {
        add(row);
        for (Reading reading : Reading.all()) {
            set(reading, sample.value(reading));
        }
        powerEstimated(columns[Reading.POWER_W.column()] != null && sample.powerEstimated());
        pool(anyPool ? sample.pool() : null);
        state(sample.state());
    }

    /** The time and the rows, for a debugger. */
    @Override
    public String toString() {
        return "PollColumns[" + epochMillis + ", rows " + Arrays.toString(Arrays.copyOf(rows, size)) + "]";
    }
}
