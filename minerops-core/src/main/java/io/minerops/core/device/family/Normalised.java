package io.minerops.core.device.family;

import io.minerops.api.miner.DeviceFault;
import io.minerops.api.miner.HashBoard;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.Pool;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import io.minerops.core.device.internal.normalise.DeviceValues;
import io.minerops.core.device.reply.DeviceReplies;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the replies of one device come to.
 *
 * @param sample what it measured
 * @param identity what it reports itself to be
 * @param implausible the implausible values that were left out, one sentence each; at most 32 from a builder
 */
public record Normalised(MetricSample sample, MinerIdentity identity, List<String> implausible) {
    public Normalised {
        implausible = List.copyOf(implausible);
    }

    /** The same with more implausible values, one sentence each; 32 at most are kept. */
    public Normalised withImplausible(List<String> more) {
        return more.isEmpty()
                ? this
                : new Normalised(
                        sample,
                        identity,
                        Stream.concat(implausible.stream(), more.stream())
                                .limit(DeviceValues.MAX_REPORTED)
                                .toList());
    }

    /** Starts with what most families report in the same way: time, shares, hardware errors and pools. */
    public static Builder builder(DeviceReplies replies, MinerAddress miner, Instant readAt) {
        return new Builder(DeviceValues.of(replies, miner, readAt));
    }

    /** Starts with nothing, for a device that reports in a way of its own. */
    public static Builder empty(MinerAddress miner, Instant readAt) {
        return new Builder(DeviceValues.empty(miner, readAt));
    }

    /** Collects the values of a device, and leaves out and remembers implausible ones. Not thread-safe. */
    public static final class Builder {
        private final DeviceValues values;

        private Builder(DeviceValues values) {
            this.values = values;
        }

        /** Sets a reading in its unit; NaN makes it absent, and so does a value that it cannot have. */
        public Builder set(Reading reading, double value) {
            values.set(reading, value);
            return this;
        }

        /**
         * Sets the power; absent where it is 0 or less or implausible.
         *
         * @param watts the power at the wall, W
         * @param estimated whether it is calculated, by us or by the firmware, rather than measured
         */
        public Builder power(double watts, boolean estimated) {
            values.power(watts, estimated);
            return this;
        }

        /**
         * Sets the temperatures, °C, to the mean and the hottest of the sensors. Sensors at exactly 0, which is how
         * firmwares say "none", and implausible ones are left out.
         */
        public Builder temperatures(double... sensors) {
            values.temperatures(sensors);
            return this;
        }

        /** Sets the fans, rpm, to the mean, slowest and fastest; 0 is a fan that stands still, NaN is no fan. */
        public Builder fans(double... rpm) {
            values.fans(rpm);
            return this;
        }

        /**
         * Sets boards and chips.
         *
         * @param chips the chips that work on each board; NaN or 0 for a board of which none does
         * @param boardsOfModel how many boards the device should have; NaN where that is not known
         */
        public Builder boards(double[] chips, double boardsOfModel) {
            values.boards(chips, boardsOfModel);
            return this;
        }

        /**
         * Sets the pools.
         *
         * @param alive how many answer; NaN where that is not known
         * @param inUse the one that the device works for; null where it works for none or does not say
         */
        public Builder pools(double alive, @Nullable Pool inUse) {
            values.pools(alive, inUse);
            return this;
        }

        /**
         * Sets the faults that the device reports, cleaned and bounded; empty where it reports none, null where it does not
         * say.
         */
        public Builder faults(@Nullable Collection<DeviceFault> reported) {
            values.faults(reported);
            return this;
        }

        /**
         * Sets what the device is doing as it reports it. Default: mining where its rate is above 0; else a fault where it
         * reports one, idle where no pool answers, and unknown otherwise.
         */
        public Builder state(WorkState reported) {
            values.state(reported);
            return this;
        }

        /** Sets the hash boards, where the device reports them one by one; null or empty where it does not. */
        public Builder hashBoards(@Nullable Collection<HashBoard> reported) {
            values.hashBoards(reported);
            return this;
        }

        /** What was collected, of a device that says it is this. */
        public Normalised build(MinerIdentity identity) {
            return values.build(identity, Normalised::new);
        }
    }
}
