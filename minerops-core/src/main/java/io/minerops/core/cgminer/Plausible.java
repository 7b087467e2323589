package io.minerops.core.cgminer;

import io.minerops.api.miner.Reading;

/** Between which bounds a reading of one machine lies if its unit is the right one and its sensor works. */
final class Plausible {
    /** The coldest that a sensor in use may say, °C. */
    static final double LOWEST_C = -40;
    /** The hottest that a chip may say, °C. */
    static final double HIGHEST_C = 150;
    /** The fastest fan, rpm. */
    static final double FASTEST_RPM = 30_000;
    /** Several times what the largest machine does, TH/s. */
    static final double LARGEST_THS = 5_000;
    /** More than any one machine draws, W. */
    static final double MOST_W = 20_000;

    private static final double TEN_YEARS_S = 10 * 366 * 86_400.0;
    private static final double MOST_COUNTED = 1e15;
    private static final double MOST_BOARDS = 512;
    private static final double MOST_CHIPS = 20_000;

    private Plausible() {}

    /** Whether the reading can have the value. */
    static boolean allows(Reading reading, double value) {
        return switch (reading) {
            case HASHRATE_THS, HASHRATE_AVG_THS -> between(value, 0, LARGEST_THS);
            case POWER_W -> value > 0 && value <= MOST_W;
            case AVG_TEMP_C, MAX_TEMP_C, INLET_TEMP_C, OUTLET_TEMP_C -> between(value, LOWEST_C, HIGHEST_C);
            case AVG_FAN_RPM, MIN_FAN_RPM, MAX_FAN_RPM -> between(value, 0, FASTEST_RPM);
            case ELAPSED_S -> between(value, 0, TEN_YEARS_S);
            case ACCEPTED, REJECTED, HW_ERRORS -> between(value, 0, MOST_COUNTED);
            case BOARDS_ALIVE, BOARDS_EXPECTED, POOLS_ALIVE -> between(value, 0, MOST_BOARDS);
            case CHIPS_ALIVE, CHIPS_EXPECTED -> between(value, 0, MOST_CHIPS);
        };
    }

    private static boolean between(double value, double least, double most) {
        return value >= least && value <= most;
    }
}
