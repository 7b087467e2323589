package io.minerops.core.cgminer;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.Reading;
import java.time.Instant;

/** What the replies of one device come to. */
record Normalised(MetricSample sample, MinerIdentity identity) {
    /** Starts a sample with what every family reports in the same way: time, shares, hardware errors and pools. */
    static MetricSample.Builder sample(DeviceReplies replies, MinerAddress miner, Instant readAt) {
        Pools pools = Pools.of(replies);
        return MetricSample.builder(miner, readAt)
                .set(Reading.ELAPSED_S, count(replies, "Elapsed", Command.STATS, Command.SUMMARY))
                .set(Reading.ACCEPTED, count(replies, "Accepted", Command.SUMMARY, Command.STATS))
                .set(Reading.REJECTED, count(replies, "Rejected", Command.SUMMARY, Command.STATS))
                .set(Reading.HW_ERRORS, count(replies, "Hardware Errors", Command.SUMMARY, Command.STATS))
                .set(Reading.POOLS_ALIVE, pools.alive())
                .pool(pools.inUse());
    }

    /** Sets the hash rate. */
    static void set(MetricSample.Builder sample, Hashrate hashrate) {
        sample.set(Reading.HASHRATE_THS, hashrate.now()).set(Reading.HASHRATE_AVG_THS, hashrate.average());
    }

    /** Sets the power and where it comes from. */
    static void set(MetricSample.Builder sample, Power power) {
        sample.set(Reading.POWER_W, power.watts()).powerEstimated(power.estimated());
    }

    /** Sets the temperatures. */
    static void set(MetricSample.Builder sample, Temperatures temperatures) {
        sample.set(Reading.AVG_TEMP_C, temperatures.mean()).set(Reading.MAX_TEMP_C, temperatures.max());
    }

    /** Sets the fans. */
    static void set(MetricSample.Builder sample, Fans fans) {
        sample.set(Reading.AVG_FAN_RPM, fans.mean())
                .set(Reading.MIN_FAN_RPM, fans.min())
                .set(Reading.MAX_FAN_RPM, fans.max());
    }

    /** Sets the hash boards and their chips. */
    static void set(MetricSample.Builder sample, Boards boards) {
        sample.set(Reading.BOARDS_ALIVE, boards.alive())
                .set(Reading.BOARDS_EXPECTED, boards.expected())
                .set(Reading.CHIPS_ALIVE, boards.chipsAlive())
                .set(Reading.CHIPS_EXPECTED, boards.chipsExpected());
    }

    private static double count(DeviceReplies replies, String key, Command first, Command second) {
        double value = replies.section(first).number(key);
        double count = Double.isNaN(value) ? replies.section(second).number(key) : value;
        return count >= 0 ? count : Double.NaN;
    }
}
