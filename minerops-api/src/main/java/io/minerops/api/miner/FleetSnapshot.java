package io.minerops.api.miner;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The fleet at one instant as parallel columns: row {@code i} of each column is the same miner. Every registered miner
 * has a row; one that never answered has the time {@link #NEVER} and no readings. An absent reading is NaN. Immutable
 * and safe to share; the arrays behind it are never handed out.
 */
public final class FleetSnapshot {
    /** The time of a miner that never answered. */
    public static final long NEVER = Long.MIN_VALUE;

    private final Instant takenAt;
    private final MinerIndex roster;
    private final long[] epochMillis;
    private final boolean[] powerEstimated;
    private final @Nullable Pool[] pools;
    private final WorkState[] states;
    private final List<@Nullable List<DeviceFault>> faults;
    private final List<@Nullable List<HashBoard>> boards;
    private final Column[] columns;

    /** One reading of every row, in the unit that the reading names; NaN where absent. */
    public static final class Column {
        private final double[] values;

        private Column(double[] values) {
            this.values = values;
        }

        /** The value of a row. */
        public double get(int row) {
            return values[row];
        }
    }

    private FleetSnapshot(Builder builder) {
        takenAt = builder.takenAt;
        MinerIndex known = builder.roster;
        roster = known == null ? MinerIndex.of(builder.miners) : known;
        if (builder.size != roster.size()) {
            throw new IllegalStateException(
                    "a snapshot of a roster of " + roster.size() + " miners needs as many rows, not " + builder.size);
        }
        epochMillis = Arrays.copyOf(builder.epochMillis, builder.size);
        powerEstimated = Arrays.copyOf(builder.powerEstimated, builder.size);
        pools = Arrays.copyOf(builder.pools, builder.size);
        states = Arrays.copyOf(builder.states, builder.size);
        faults = Collections.unmodifiableList(new ArrayList<>(builder.faults));
        boards = Collections.unmodifiableList(new ArrayList<>(builder.boards));
        columns = new Column[builder.columns.length];
        Arrays.setAll(columns, column -> new Column(Arrays.copyOf(builder.columns[column], builder.size)));
    }

    /**
     * Starts a snapshot.
     *
     * @param takenAt the instant the snapshot shows
     * @param expectedRows how many rows to make room for; more may be added
     */
    public static Builder builder(Instant takenAt, int expectedRows) {
        return new Builder(takenAt, null, expectedRows);
    }

    /**
     * Starts a snapshot of a roster that the snapshot before it had too: its rows are begun in the roster's order by
     * {@link Builder#row()}.
     */
    public static Builder builder(Instant takenAt, MinerIndex roster) {
        return new Builder(takenAt, roster, roster.size());
    }

    /** How many rows there are: one per registered miner. */
    public int size() {
        return roster.size();
    }

    /** When the snapshot was made; a store may give the same one again while nothing has changed. */
    public Instant takenAt() {
        return takenAt;
    }

    /** The miners, row by row; the same object as long as the registry is unchanged. */
    public MinerIndex roster() {
        return roster;
    }

    /** The miner of a row. */
    public Miner miner(int row) {
        return roster.miner(row);
    }

    /** The row of a miner; -1 where it is not registered. */
    public int row(MinerAddress address) {
        return roster.row(address);
    }

    /** The time of the poll that brought the row's sample, ms since the epoch; {@link #NEVER} without a sample. */
    public long epochMillis(int row) {
        return epochMillis[row];
    }

    /** Whether the row has a sample. */
    public boolean hasSample(int row) {
        return epochMillis[row] != NEVER;
    }

    /** Whether the row's power is a nominal figure of the model rather than a measurement. */
    public boolean powerEstimated(int row) {
        return powerEstimated[row];
    }

    /** The pool that the row's miner works for; null where it did not say. */
    public @Nullable Pool pool(int row) {
        return pools[row];
    }

    /** The faults that the row's miner reports; empty where it reports none, null where that is not known. */
    public @Nullable List<DeviceFault> faults(int row) {
        return faults.get(row);
    }

    /** What the row's miner was doing; {@link WorkState#UNKNOWN} without a sample or where it did not say. */
    public WorkState state(int row) {
        return states[row];
    }

    /** The hash boards of the row's miner, ascending by slot; null where it does not report them one by one. */
    public @Nullable List<HashBoard> boards(int row) {
        return boards.get(row);
    }

    /** A reading in the unit that its constant names; NaN where absent. */
    public double value(Reading reading, int row) {
        return columns[reading.column()].values[row];
    }

    /** A reading of all rows, for loops over the fleet. */
    public Column column(Reading reading) {
        return columns[reading.column()];
    }

    /** Hashrate, TH/s; NaN where absent. */
    public double hashrateThs(int row) {
        return value(Reading.HASHRATE_THS, row);
    }

    /** Power, W; NaN where absent. */
    public double powerW(int row) {
        return value(Reading.POWER_W, row);
    }

    /** Mean temperature, °C; NaN where absent. */
    public double avgTempC(int row) {
        return value(Reading.AVG_TEMP_C, row);
    }

    /** Mean fan speed, rpm; NaN where absent. */
    public double avgFanRpm(int row) {
        return value(Reading.AVG_FAN_RPM, row);
    }

    /** Collects rows; not thread-safe. */
    public static final class Builder {
        private final Instant takenAt;
        private final @Nullable MinerIndex roster;
        private final List<Miner> miners;
        private long[] epochMillis;
        private boolean[] powerEstimated;
        private @Nullable Pool[] pools;
        private WorkState[] states;
        private final List<@Nullable List<DeviceFault>> faults;
        private final List<@Nullable List<HashBoard>> boards;
        private final double[][] columns = new double[Reading.count()][];
        private int size;

        private Builder(Instant takenAt, @Nullable MinerIndex roster, int expectedRows) {
            this.takenAt = Objects.requireNonNull(takenAt, "takenAt");
            this.roster = roster;
            miners = new ArrayList<>(roster == null ? expectedRows : 0);
            int capacity = Math.max(expectedRows, 1);
            epochMillis = new long[capacity];
            powerEstimated = new boolean[capacity];
            pools = new Pool[capacity];
            states = new WorkState[capacity];
            faults = new ArrayList<>(capacity);
            boards = new ArrayList<>(capacity);
            Arrays.setAll(columns, column -> new double[capacity]);
        }

        /** Begins the row of a miner that never answered; {@link #sampledAt} and {@link #set} then fill it. */
        public Builder row(Miner miner) {
            miners.add(miner);
            return row();
        }

        /** Begins the next row of the roster that the snapshot was started with, or of the miner just given. */
        public Builder row() {
            if (size == epochMillis.length) {
                grow();
            }
            epochMillis[size] = NEVER;
            for (double[] column : columns) {
                column[size] = Double.NaN;
            }
            states[size] = WorkState.UNKNOWN;
            faults.add(null);
            boards.add(null);
            size++;
            return this;
        }

        /** Gives the current row the time of its sample, ms since the epoch. */
        public Builder sampledAt(long pollEpochMillis) {
            epochMillis[size - 1] = pollEpochMillis;
            return this;
        }

        /** Gives the current row a reading; NaN or an infinite value makes it absent. */
        public Builder set(Reading reading, double value) {
            columns[reading.column()][size - 1] = Double.isInfinite(value) ? Double.NaN : value;
            return this;
        }

        /** Says that the current row's power is nominal, not measured. */
        public Builder powerEstimated(boolean estimated) {
            powerEstimated[size - 1] = estimated;
            return this;
        }

        /** Says which pool the current row's miner works for; null where it did not say. */
        public Builder pool(@Nullable Pool pool) {
            pools[size - 1] = pool;
            return this;
        }

        /** Says which faults the current row's miner reports; null where that is not known. */
        public Builder faults(@Nullable List<DeviceFault> reported) {
            faults.set(size - 1, reported == null ? null : List.copyOf(reported));
            return this;
        }

        /** Says what the current row's miner was doing. */
        public Builder state(WorkState state) {
            states[size - 1] = Objects.requireNonNull(state, "state");
            return this;
        }

        /** Says what the current row's miner reports of its hash boards, ascending by slot; null where it does not. */
        public Builder boards(@Nullable List<HashBoard> reported) {
            boards.set(size - 1, reported == null ? null : List.copyOf(reported));
            return this;
        }

        /** Gives the current row a whole sample. */
        public Builder sample(Instant pollTime, MetricSample sample) {
            sampledAt(pollTime.toEpochMilli())
                    .powerEstimated(sample.powerEstimated())
                    .pool(sample.pool())
                    .state(sample.state())
                    .faults(sample.faults())
                    .boards(sample.boards());
            for (Reading reading : Reading.all()) {
                set(reading, sample.value(reading));
            }
            return this;
        }

        /** The snapshot of the rows collected so far. */
        public FleetSnapshot build() {
            return new FleetSnapshot(this);
        }

        private void grow() {
            int capacity = size * 2;
            epochMillis = Arrays.copyOf(epochMillis, capacity);
            powerEstimated = Arrays.copyOf(powerEstimated, capacity);
            pools = Arrays.copyOf(pools, capacity);
            states = Arrays.copyOf(states, capacity);
            for (int column = 0; column < columns.length; column++) {
                columns[column] = Arrays.copyOf(columns[column], capacity);
            }
        }
    }
}
