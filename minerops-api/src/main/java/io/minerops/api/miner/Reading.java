package io.minerops.api.miner;

import java.util.List;

/**
 * The quantities that a miner can report, each a column of a {@link FleetSnapshot}. Ordinals are not stored anywhere:
 * a store knows a reading by its {@link #key()}.
 */
public enum Reading {
    /** Hash rate over the shortest window that can be trusted, TH/s. */
    HASHRATE_THS("hashrate_ths"),
    /** Hash rate since the mining process started, TH/s. */
    HASHRATE_AVG_THS("hashrate_avg_ths"),
    /** Electrical power at the wall, W. */
    POWER_W("power_w"),
    /** Mean of the plausible chip sensors (board sensors where there are none), °C. */
    AVG_TEMP_C("avg_temp_c"),
    /** The hottest of the same sensors, °C. */
    MAX_TEMP_C("max_temp_c"),
    /** The coldest sensor where the coolant (water or air) enters, °C. */
    INLET_TEMP_C("inlet_temp_c"),
    /** The hottest sensor where the coolant leaves, °C. */
    OUTLET_TEMP_C("outlet_temp_c"),
    /** Mean speed of the fans that are fitted, rpm. */
    AVG_FAN_RPM("avg_fan_rpm"),
    /** The slowest fan that is fitted, rpm; 0 is a fan that stands still. */
    MIN_FAN_RPM("min_fan_rpm"),
    /** The fastest fan, rpm. */
    MAX_FAN_RPM("max_fan_rpm"),
    /** Seconds since the mining process started. */
    ELAPSED_S("elapsed_s"),
    /** Shares accepted since the mining process started. */
    ACCEPTED("accepted"),
    /** Shares rejected since the mining process started. */
    REJECTED("rejected"),
    /** Hardware errors since the mining process started. */
    HW_ERRORS("hw_errors"),
    /** Hash boards that work. */
    BOARDS_ALIVE("boards_alive"),
    /** Hash boards that the device should have. */
    BOARDS_EXPECTED("boards_expected"),
    /** Chips that work, over all boards. */
    CHIPS_ALIVE("chips_alive"),
    /** Chips that the device should have, over all boards. */
    CHIPS_EXPECTED("chips_expected"),
    /** Configured pools that answer; 0 where none does. */
    POOLS_ALIVE("pools_alive");

    private static final List<Reading> ALL = List.of(values());

    private final String key;

    Reading(String key) {
        this.key = key;
    }

    /** The lower-case name with its unit, as stored and as shown in JSON. */
    public String key() {
        return key;
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
}
