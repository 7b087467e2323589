package io.minerops.core.device.internal.normalise;

import io.minerops.api.miner.DeviceFault;
import io.minerops.api.miner.HashBoard;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.Pool;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceReplies;
import io.minerops.core.device.reply.Fields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Collects the values of one device, and leaves out and remembers implausible ones. Not thread-safe. */
public final class DeviceValues {
    /** How many implausible values are reported of one device. */
    public static final int MAX_REPORTED = 32;

    private static final String ELAPSED = "Elapsed";

    private final MetricSample.Builder sample;
    private final Instant readAt;
    private final List<String> implausible = new ArrayList<>(0);

    private DeviceValues(MetricSample.Builder sample, Instant readAt) {
        this.sample = sample;
        this.readAt = readAt;
    }

    /** Starts with what most families report in the same way: time, shares, hardware errors and pools. */
    public static DeviceValues of(DeviceReplies replies, MinerAddress miner, Instant readAt) {
        Pools pools = Pools.of(replies);
        return empty(miner, readAt)
                .set(Reading.ELAPSED_S, count(replies, ELAPSED, Command.STATS, Command.SUMMARY))
                .set(Reading.ACCEPTED, count(replies, "Accepted", Command.SUMMARY, Command.STATS))
                .set(Reading.REJECTED, count(replies, "Rejected", Command.SUMMARY, Command.STATS))
                .set(Reading.HW_ERRORS, count(replies, "Hardware Errors", Command.SUMMARY, Command.STATS))
                .set(Reading.POOLS_ALIVE, pools.alive())
                .pool(pools.inUse())
                .set(Shares.of(replies));
    }

    /** Starts with nothing, for a device that reports in a way of its own. */
    public static DeviceValues empty(MinerAddress miner, Instant readAt) {
        return new DeviceValues(MetricSample.builder(miner, readAt), readAt);
    }

    /** Of the second, where it has a row for each board, the sum; -1 is how some firmwares say that they do not know. */
    private static double count(DeviceReplies replies, String key, Command first, Command second) {
        double value = replies.section(first).number(key);
        Fields rows = replies.section(second);
        double other = key.equals(ELAPSED) ? rows.number(key) : rows.sum(key);
        double count = Double.isNaN(value) ? other : value;
        return count == -1 ? Double.NaN : count;
    }

    /** Sets a reading in its unit; NaN makes it absent, and so does a value that it cannot have. */
    public DeviceValues set(Reading reading, double value) {
        boolean allowed = Plausible.allows(reading, value);
        if (!allowed && !Double.isNaN(value)) {
            doubt(reading.key(), value);
        }
        sample.set(reading, allowed ? value : Double.NaN);
        return this;
    }

    /**
     * Sets the power; absent where it is 0 or less or implausible.
     *
     * @param watts the power at the wall, W
     * @param estimated whether it is calculated, by us or by the firmware, rather than measured
     */
    public DeviceValues power(double watts, boolean estimated) {
        return set(Reading.POWER_W, watts > 0 ? watts : Double.NaN).estimated(estimated && watts > 0);
    }

    /**
     * Sets the temperatures, °C, to the mean and the hottest of the sensors. Sensors at exactly 0, which is how
     * firmwares say "none", and implausible ones are left out.
     */
    public DeviceValues temperatures(double... sensors) {
        return set(Temperatures.of(sensors));
    }

    /** Sets the fans, rpm, to the mean, slowest and fastest; 0 is a fan that stands still, NaN is no fan. */
    public DeviceValues fans(double... rpm) {
        return set(Fans.of(rpm));
    }

    /**
     * Sets boards and chips.
     *
     * @param chips the chips that work on each board; NaN or 0 for a board of which none does
     * @param boardsOfModel how many boards the device should have; NaN where that is not known
     */
    public DeviceValues boards(double[] chips, double boardsOfModel) {
        return set(Boards.of(chips, boardsOfModel));
    }

    /**
     * Sets the pools.
     *
     * @param alive how many answer; NaN where that is not known
     * @param inUse the one that the device works for; null where it works for none or does not say
     */
    public DeviceValues pools(double alive, @Nullable Pool inUse) {
        return set(Reading.POOLS_ALIVE, alive).pool(inUse);
    }

    /**
     * Sets the faults that the device reports, cleaned and bounded; empty where it reports none, null where it does not
     * say.
     */
    public DeviceValues faults(@Nullable Collection<DeviceFault> reported) {
        sample.faults(reported == null ? null : Faults.cleaned(reported, readAt));
        return this;
    }

    /** Sets what the device reports of its hash boards one by one; without any it does not report them so. */
    public DeviceValues set(HashBoards collected) {
        return hashBoards(collected.list());
    }

    /** The same; null or empty where it does not. */
    public DeviceValues hashBoards(@Nullable Collection<HashBoard> reported) {
        sample.boards(reported == null || reported.isEmpty() ? null : reported);
        return this;
    }

    /** Sets what the device is doing; {@link WorkState#UNKNOWN} where it does not say, so that its rate may. */
    public DeviceValues state(WorkState reported) {
        sample.state(reported);
        return this;
    }

    /** Sets a reading that some devices have; one that it cannot be is left out without a word. */
    public DeviceValues extra(Reading reading, double value) {
        sample.set(reading, Plausible.allows(reading, value) ? value : Double.NaN);
        return this;
    }

    /** Sets what the device expects its rate to be, TH/s; 0 where it does not know. */
    public DeviceValues expected(double ths) {
        return extra(Reading.EXPECTED_THS, ths > 0 ? ths : Double.NaN);
    }

    private DeviceValues set(Shares shares) {
        return extra(Reading.ACCEPTED_DIFFICULTY, shares.accepted())
                .extra(Reading.REJECTED_DIFFICULTY, shares.rejected())
                .extra(Reading.LAST_SHARE_DIFFICULTY, shares.last())
                .extra(Reading.LAST_SHARE_AGE_S, shares.lastAgeS())
                .extra(Reading.BEST_SHARE_DIFFICULTY, shares.best());
    }

    /** What was collected, of a device that reports this identity. */
    public <T> T build(MinerIdentity identity, Result<T> result) {
        return result.of(Derived.complete(sample.build()), identity, implausible);
    }

    private DeviceValues pool(@Nullable Pool pool) {
        sample.pool(pool);
        return this;
    }

    /** Sets the rates. */
    public DeviceValues set(Hashrate hashrate) {
        hashrate.implausible().forEach(ths -> doubt(Reading.HASHRATE_THS.key(), ths));
        return set(Reading.HASHRATE_THS, hashrate.now()).set(Reading.HASHRATE_AVG_THS, hashrate.average());
    }

    /** Sets the power. */
    public DeviceValues set(Power power) {
        if (!Double.isNaN(power.implausibleWatts())) {
            doubt(Reading.POWER_W.key(), power.implausibleWatts());
        }
        return power(power.watts(), power.estimated());
    }

    /** Sets the mean and the hottest of the sensors. */
    public DeviceValues set(Temperatures temperatures) {
        temperatures.implausible().forEach(value -> doubt("a temperature", value));
        return set(Reading.AVG_TEMP_C, temperatures.mean()).set(Reading.MAX_TEMP_C, temperatures.max());
    }

    /** Sets the mean from some sensors and the hottest from others too, of devices that give both of each board. */
    public DeviceValues set(Temperatures means, Temperatures peaks) {
        set(means);
        peaks.implausible().forEach(value -> doubt("a temperature", value));
        boolean hotter = !(peaks.max() <= means.max());
        return hotter && !peaks.values().isEmpty() ? set(Reading.MAX_TEMP_C, peaks.max()) : this;
    }

    /** Sets the mean temperatures where the coolant enters and leaves. */
    public DeviceValues set(Coolant coolant) {
        coolant.inlets().implausible().forEach(value -> doubt("an inlet temperature", value));
        coolant.outlets().implausible().forEach(value -> doubt("an outlet temperature", value));
        return set(Reading.INLET_TEMP_C, coolant.inlet()).set(Reading.OUTLET_TEMP_C, coolant.outlet());
    }

    /** Sets the mean, the slowest and the fastest fan. */
    public DeviceValues set(Fans fans) {
        fans.implausible().forEach(value -> doubt("a fan's speed", value));
        return set(Reading.AVG_FAN_RPM, fans.mean())
                .set(Reading.MIN_FAN_RPM, fans.min())
                .set(Reading.MAX_FAN_RPM, fans.max());
    }

    /** Sets boards and chips, and how many there should be. */
    public DeviceValues set(Boards boards) {
        return set(Reading.BOARDS_ALIVE, boards.alive())
                .set(Reading.BOARDS_EXPECTED, boards.expected())
                .set(Reading.CHIPS_ALIVE, boards.chipsAlive())
                .set(Reading.CHIPS_EXPECTED, boards.chipsExpected());
    }

    private DeviceValues estimated(boolean estimated) {
        sample.powerEstimated(estimated);
        return this;
    }

    /** Sets the rate of a device whose algorithm is known by nothing: it is left out, and that is reported. */
    public DeviceValues unknownAlgorithm(Hashrate rate) {
        if ((rate.now() > 0 || rate.average() > 0) && implausible.size() < MAX_REPORTED) {
            implausible.add(Sha256.UNKNOWN_ALGORITHM);
        }
        return set(Hashrate.ABSENT);
    }

    /** Remembers an implausible value. */
    private void doubt(String what, double value) {
        if (implausible.size() < MAX_REPORTED) {
            implausible.add(what + " cannot be " + String.format(Locale.ROOT, "%.6g", value));
        }
    }

    /** Makes what a family returns, of a sample, an identity and the implausible values, one sentence each. */
    @FunctionalInterface
    public interface Result<T> {
        T of(MetricSample sample, MinerIdentity identity, List<String> implausible);
    }
}
