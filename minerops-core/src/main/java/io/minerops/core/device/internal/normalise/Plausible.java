package io.minerops.core.device.internal.normalise;

import io.minerops.api.miner.Reading;

/** Between which bounds a reading of one machine lies if its unit is the right one and its sensor works. */
public final class Plausible {
    /** The coldest that a sensor in use reports, °C. */
    public static final double LOWEST_C = Reading.AVG_TEMP_C.min();
    /** The hottest that a chip reports, °C. */
    public static final double HIGHEST_C = Reading.AVG_TEMP_C.max();
    /** The fastest fan, rpm. */
    static final double FASTEST_RPM = Reading.MAX_FAN_RPM.max();
    /** Several times the rate of the largest machine, TH/s. */
    static final double LARGEST_THS = Reading.HASHRATE_THS.max();
    /** More than any one machine draws, W. */
    static final double MAX_W = Reading.POWER_W.max();

    private Plausible() {}

    /** Whether the reading can have the value. */
    public static boolean allows(Reading reading, double value) {
        boolean powered = reading != Reading.POWER_W || value > 0;
        return powered && value >= reading.min() && value <= reading.max();
    }
}
