package io.minerops.core.service;

import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.Reading;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The fleet in a few figures, over the miners that are online: those whose latest sample is recent enough.
 *
 * @param total registered miners
 * @param online miners whose latest sample is recent enough
 * @param hashrateThs sum, TH/s; NaN where no miner reports it
 * @param powerW sum, W; NaN where no miner reports it
 * @param avgTempC mean over miners that report it, °C; NaN where none does
 * @param avgFanRpm mean over miners that report it, rpm; NaN where none does
 * @param lastSampleAt the time of the newest sample, online or not; null without any
 */
public record FleetSummary(
        int total,
        int online,
        double hashrateThs,
        double powerW,
        double avgTempC,
        double avgFanRpm,
        @Nullable Instant lastSampleAt) {

    /**
     * The figures of a fleet.
     *
     * @param onlineWithin how old a sample may be for its miner to be online
     */
    public static FleetSummary of(FleetSnapshot fleet, Instant now, Duration onlineWithin) {
        long oldest = now.minus(onlineWithin).toEpochMilli();
        int online = 0;
        long newest = FleetSnapshot.NEVER;
        Sum hashrate = new Sum();
        Sum power = new Sum();
        Sum temperature = new Sum();
        Sum fan = new Sum();
        for (int row = 0; row < fleet.size(); row++) {
            newest = Math.max(newest, fleet.epochMillis(row));
            if (isOnline(fleet, row, oldest)) {
                online++;
                hashrate.add(fleet.value(Reading.HASHRATE_THS, row));
                power.add(fleet.value(Reading.POWER_W, row));
                temperature.add(fleet.value(Reading.AVG_TEMP_C, row));
                fan.add(fleet.value(Reading.AVG_FAN_RPM, row));
            }
        }
        return new FleetSummary(
                fleet.size(),
                online,
                hashrate.total(),
                power.total(),
                temperature.mean(),
                fan.mean(),
                newest == FleetSnapshot.NEVER ? null : Instant.ofEpochMilli(newest));
    }

    /** Miners whose latest sample is too old, or that have none. */
    public int offline() {
        return total - online;
    }

    static boolean isOnline(FleetSnapshot fleet, int row, long oldestMillis) {
        return fleet.hasSample(row) && fleet.epochMillis(row) >= oldestMillis;
    }

    /** Adds up readings and passes over absent ones. */
    private static final class Sum {
        private double total;
        private int count;

        void add(double value) {
            if (!Double.isNaN(value)) {
                total += value;
                count++;
            }
        }

        double total() {
            return count == 0 ? Double.NaN : total;
        }

        double mean() {
            return count == 0 ? Double.NaN : total / count;
        }
    }
}
