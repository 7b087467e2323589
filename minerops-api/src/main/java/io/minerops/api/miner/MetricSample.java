package io.minerops.api.miner;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one miner said at one moment. A reading that it did not give is absent; 0 is a reading. Immutable. */
public final class MetricSample {
    private final MinerAddress miner;
    private final Instant readAt;
    private final boolean powerEstimated;
    private final @Nullable Pool pool;
    private final WorkState state;
    private final @Nullable List<DeviceFault> faults;
    private final @Nullable List<HashBoard> boards;
    private final double[] values;

    private MetricSample(Builder builder) {
        miner = builder.miner;
        readAt = builder.readAt;
        powerEstimated = builder.powerEstimated;
        pool = builder.pool;
        state = builder.state;
        faults = builder.faults;
        boards = builder.boards;
        values = builder.values;
    }

    /** This sample as that of a miner that stands at another address. */
    public MetricSample at(MinerAddress address) {
        return copy(address).build();
    }

    /** Starts a copy of this sample. */
    public Builder toBuilder() {
        return copy(miner);
    }

    private Builder copy(MinerAddress address) {
        Builder copy = new Builder(address, readAt);
        copy.powerEstimated = powerEstimated;
        copy.pool = pool;
        copy.state = state;
        copy.faults = faults;
        copy.boards = boards;
        System.arraycopy(values, 0, copy.values, 0, values.length);
        return copy;
    }

    /** Starts a sample in which every reading is absent. */
    public static Builder builder(MinerAddress miner, Instant readAt) {
        return new Builder(miner, readAt);
    }

    /** The miner that was read. */
    public MinerAddress miner() {
        return miner;
    }

    /** When its reply arrived; a poll has a time of its own, see {@link Poll#at()}. */
    public Instant readAt() {
        return readAt;
    }

    /** Whether the power is a nominal figure of the model rather than a measurement. */
    public boolean powerEstimated() {
        return powerEstimated;
    }

    /** The pool that the miner works for; null where it did not say. */
    public @Nullable Pool pool() {
        return pool;
    }

    /** What the miner was doing; {@link WorkState#UNKNOWN} where it did not say. */
    public WorkState state() {
        return state;
    }

    /**
     * The faults that the device reports, at most {@value DeviceFault#MAX_FAULTS} and each code once for each board; empty where it
     * reports none, null where it does not say. A store keeps those of the latest sample only: in a history they are null.
     */
    public @Nullable List<DeviceFault> faults() {
        return faults;
    }

    /**
     * The hash boards that the device reports, ascending by slot, at most {@value HashBoard#MAX_BOARDS}; null where it does
     * not report them one by one. In the history of samples they are null.
     */
    public @Nullable List<HashBoard> boards() {
        return boards;
    }

    /** The reading in the unit that its constant names; NaN where absent. */
    public double value(Reading reading) {
        return values[reading.column()];
    }

    /** The reading in the unit that its constant names; empty where absent. */
    public OptionalDouble reading(Reading reading) {
        double value = value(reading);
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MetricSample that
                && miner.equals(that.miner)
                && readAt.equals(that.readAt)
                && powerEstimated == that.powerEstimated
                && Objects.equals(pool, that.pool)
                && state == that.state
                && Objects.equals(faults, that.faults)
                && Objects.equals(boards, that.boards)
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Objects.hash(miner, readAt, powerEstimated, pool, state, faults, boards, Arrays.hashCode(values));
    }

    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder("MetricSample[").append(miner).append(" at ").append(readAt);
        for (Reading reading : Reading.all()) {
            if (!Double.isNaN(value(reading))) {
                text.append(", ").append(reading.key()).append('=').append(value(reading));
            }
        }
        if (pool != null) {
            text.append(", pool=").append(pool.url());
        }
        if (state != WorkState.UNKNOWN) {
            text.append(", state=").append(state.key());
        }
        if (faults != null) {
            text.append(", faults=")
                    .append(faults.stream().map(DeviceFault::code).toList());
        }
        if (boards != null) {
            text.append(", boards=").append(boards);
        }
        return text.append(']').toString();
    }

    /** Collects the readings of one sample; not thread-safe. */
    public static final class Builder {
        private final MinerAddress miner;
        private final Instant readAt;
        private double[] values = new double[Reading.count()];
        /** Whether a sample has the array, which must not change then. */
        private boolean built;

        private boolean powerEstimated;
        private @Nullable Pool pool;
        private WorkState state = WorkState.UNKNOWN;
        private @Nullable List<DeviceFault> faults;
        private @Nullable List<HashBoard> boards;

        private Builder(MinerAddress miner, Instant readAt) {
            this.miner = Objects.requireNonNull(miner, "miner");
            this.readAt = Objects.requireNonNull(readAt, "readAt");
            Arrays.fill(values, Double.NaN);
        }

        /** Sets a reading in its unit; NaN or an infinite value makes it absent. */
        public Builder set(Reading reading, double value) {
            if (built) {
                values = values.clone();
                built = false;
            }
            values[reading.column()] = Double.isInfinite(value) ? Double.NaN : value;
            return this;
        }

        /** Says that the power is a nominal figure, not a measurement. */
        public Builder powerEstimated(boolean estimated) {
            powerEstimated = estimated;
            return this;
        }

        /** Sets the pool that the miner works for; null where it does not say. */
        public Builder pool(@Nullable Pool value) {
            pool = value;
            return this;
        }

        /**
         * Sets the faults that the device reports; empty where it reports none, null where it does not say. Of several with
         * one code and board the first is kept, and of more than {@value DeviceFault#MAX_FAULTS} the first.
         */
        public Builder faults(@Nullable Collection<DeviceFault> reported) {
            if (reported == null) {
                faults = null;
                return this;
            }
            Map<List<Object>, DeviceFault> kept = new LinkedHashMap<>();
            for (DeviceFault fault : reported) {
                if (kept.size() < DeviceFault.MAX_FAULTS) {
                    Object slot = fault.slot() == null ? "" : fault.slot();
                    kept.putIfAbsent(List.of(fault.code(), slot), fault);
                }
            }
            faults = List.copyOf(kept.values());
            return this;
        }

        /** Sets what the miner was doing; {@link WorkState#UNKNOWN} where it does not say. */
        public Builder state(WorkState value) {
            state = Objects.requireNonNull(value, "state");
            return this;
        }

        /**
         * Sets the hash boards that the device reports; null where it does not report them one by one. Of several with one
         * slot the first is kept, and of more than {@value HashBoard#MAX_BOARDS} those of the lowest slots.
         */
        public Builder boards(@Nullable Collection<HashBoard> reported) {
            if (reported == null) {
                boards = null;
                return this;
            }
            Map<Integer, HashBoard> bySlot = new TreeMap<>();
            reported.forEach(board -> bySlot.putIfAbsent(board.slot(), board));
            boards = bySlot.values().stream().limit(HashBoard.MAX_BOARDS).toList();
            return this;
        }

        /** The sample as collected so far. */
        public MetricSample build() {
            built = true;
            return new MetricSample(this);
        }
    }
}
