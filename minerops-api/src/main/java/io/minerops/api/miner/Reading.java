package io.minerops.api.miner;

import java.util.List;

/**
 * The quantities that a miner can report, each a column of a {@link FleetSnapshot}. Ordinals are not stored anywhere:
 * a store knows a reading by its {@link #key()}. What people are shown of a reading, and which values are plausible, is
 * defined here and nowhere else.
 */
public enum Reading {
    /** Hashrate over the shortest window that can be trusted, TH/s. */
    HASHRATE_THS("hashrate_ths", "hashrate", "TH/s", 0, Bounds.MAX_THS, 2),
    /** Hashrate since the mining process started, TH/s. */
    HASHRATE_AVG_THS("hashrate_avg_ths", "average hashrate", "TH/s", 0, Bounds.MAX_THS, 2),
    /** Electrical power at the wall, W. */
    POWER_W("power_w", "power", "W", 0, 20_000, 0),
    /** Mean of the plausible chip sensors (board sensors where there are none), °C. */
    AVG_TEMP_C("avg_temp_c", "mean temperature", "°C", Bounds.MIN_C, Bounds.MAX_C, 1),
    /** The hottest of the same sensors, °C. */
    MAX_TEMP_C("max_temp_c", "highest temperature", "°C", Bounds.MIN_C, Bounds.MAX_C, 1),
    /** The coldest sensor where the coolant (water or air) enters, °C. */
    INLET_TEMP_C("inlet_temp_c", "inlet temperature", "°C", Bounds.MIN_C, Bounds.MAX_C, 1),
    /** The hottest sensor where the coolant leaves, °C. */
    OUTLET_TEMP_C("outlet_temp_c", "outlet temperature", "°C", Bounds.MIN_C, Bounds.MAX_C, 1),
    /** Mean speed of the fans that are fitted, rpm. */
    AVG_FAN_RPM("avg_fan_rpm", "mean fan speed", "rpm", 0, Bounds.MAX_RPM, 0),
    /** The slowest fan that is fitted, rpm; 0 is a fan that stands still. */
    MIN_FAN_RPM("min_fan_rpm", "slowest fan", "rpm", 0, Bounds.MAX_RPM, 0),
    /** The fastest fan, rpm. */
    MAX_FAN_RPM("max_fan_rpm", "fastest fan", "rpm", 0, Bounds.MAX_RPM, 0),
    /** Seconds since the mining process started. */
    ELAPSED_S("elapsed_s", "running time", "s", 0, Bounds.TEN_YEARS_S, 0),
    /** Shares accepted since the mining process started. */
    ACCEPTED("accepted", "accepted shares", "shares", 0, Bounds.MAX_COUNT, 0),
    /** Shares rejected since the mining process started. */
    REJECTED("rejected", "rejected shares", "shares", 0, Bounds.MAX_COUNT, 0),
    /** Hardware errors since the mining process started. */
    HW_ERRORS("hw_errors", "hardware errors", "errors", 0, Bounds.MAX_COUNT, 0),
    /** Hash boards that work. */
    BOARDS_ALIVE("boards_alive", "working hash boards", "boards", 0, Bounds.MAX_BOARDS, 0),
    /** Hash boards that the device should have. */
    BOARDS_EXPECTED("boards_expected", "expected hash boards", "boards", 0, Bounds.MAX_BOARDS, 0),
    /** Chips that work, over all boards. */
    CHIPS_ALIVE("chips_alive", "working chips", "chips", 0, Bounds.MAX_CHIPS, 0),
    /** Chips that the device should have, over all boards. */
    CHIPS_EXPECTED("chips_expected", "expected chips", "chips", 0, Bounds.MAX_CHIPS, 0),
    /** Configured pools that answer; 0 where none does. */
    POOLS_ALIVE("pools_alive", "answering pools", "pools", 0, Bounds.MAX_POOLS, 0),
    /** The sum of the difficulties of accepted shares since the mining process started; × 2^32 it is the work done. */
    ACCEPTED_DIFFICULTY("accepted_difficulty", "accepted difficulty", Bounds.DIFFICULTY, 0, Bounds.MAX_DIFFICULTY, 0),
    /** The sum of the difficulties of rejected shares since the mining process started. */
    REJECTED_DIFFICULTY("rejected_difficulty", "rejected difficulty", Bounds.DIFFICULTY, 0, Bounds.MAX_DIFFICULTY, 0),
    /** The difficulty of the last share. */
    LAST_SHARE_DIFFICULTY(
            "last_share_difficulty", "difficulty of the last share", Bounds.DIFFICULTY, 0, Bounds.MAX_DIFFICULTY, 0),
    /** How long ago the last share was, s. */
    LAST_SHARE_AGE_S("last_share_age_s", "age of the last share", "s", 0, Bounds.TEN_YEARS_S, 0),
    /** The highest difficulty that a share of the device came to. */
    BEST_SHARE_DIFFICULTY("best_share_difficulty", "best share", Bounds.DIFFICULTY, 0, Bounds.MAX_DIFFICULTY, 0),
    /** The hottest sensor on a circuit board of the hash boards, °C. */
    BOARD_TEMP_C("board_temp_c", "board temperature", "°C", Bounds.MIN_C, Bounds.MAX_C, 1),
    /** The hottest sensor of the power supply, °C. */
    PSU_TEMP_C("psu_temp_c", "temperature of the power supply", "°C", Bounds.MIN_C, Bounds.MAX_C, 1),
    /** The air around the device, °C. */
    AMBIENT_TEMP_C("ambient_temp_c", "ambient temperature", "°C", Bounds.MIN_C, Bounds.MAX_C, 1),
    /** The power that the device is set to stay below, W. */
    POWER_LIMIT_W("power_limit_w", "power limit", "W", 0, 20_000, 0),
    /** The hashrate that the device itself expects, at its settings or by its factory, TH/s. */
    EXPECTED_THS("expected_ths", "expected hashrate", "TH/s", 0, Bounds.MAX_THS, 2),
    /** Mean frequency of the chips, MHz. */
    FREQUENCY_MHZ("frequency_mhz", "chip frequency", "MHz", 0, 5_000, 0),
    /** Mean voltage of the boards, or of the chips where the device reports that, V. */
    VOLTAGE_V("voltage_v", "voltage", "V", 0, 100, 2);

    private static final List<Reading> ALL = List.of(values());

    private final String key;
    private final String label;
    private final String unit;
    private final double min;
    private final double max;
    private final int decimals;

    Reading(String key, String label, String unit, double min, double max, int decimals) {
        this.key = key;
        this.label = label;
        this.unit = unit;
        this.min = min;
        this.max = max;
        this.decimals = decimals;
    }

    /** The lower-case name with its unit, as stored and as shown in JSON. */
    public String key() {
        return key;
    }

    /** What people call it, in lower case, such as {@code mean temperature}. */
    public String label() {
        return label;
    }

    /** The unit, such as {@code °C}. */
    public String unit() {
        return unit;
    }

    /** The smallest value that is plausible for one machine, in the unit. */
    public double min() {
        return min;
    }

    /** The largest value that is plausible for one machine, in the unit. */
    public double max() {
        return max;
    }

    /** How many decimals people are shown. */
    public int decimals() {
        return decimals;
    }

    /** The index of the reading's column in parallel arrays of length {@link #count()}; never to be stored. */
    @SuppressWarnings("EnumOrdinal") // the ordinal is the one dense index there is; nothing stores it
    public int column() {
        return ordinal();
    }

    /** Every reading in declaration order. */
    public static List<Reading> all() {
        return ALL;
    }

    /** How many readings there are. */
    public static int count() {
        return ALL.size();
    }

    /** Bounds that several readings share. */
    private static final class Bounds {
        /** The coldest that a sensor in use reports, °C. */
        static final double MIN_C = -40;
        /** The hottest that a chip reports, °C. */
        static final double MAX_C = 150;
        /** Several times the rate of the largest machine, TH/s. */
        static final double MAX_THS = 5_000;
        /** Faster than any fan of a miner, rpm. */
        static final double MAX_RPM = 30_000;

        static final double TEN_YEARS_S = 10 * 366 * 86_400.0;
        static final double MAX_COUNT = 1e15;
        static final double MAX_BOARDS = 512;
        static final double MAX_POOLS = 64;
        static final double MAX_CHIPS = 20_000;
        static final double MAX_DIFFICULTY = 1e19;
        static final String DIFFICULTY = "difficulty";
    }
}
