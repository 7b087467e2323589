package io.minerops.api.miner;

import java.util.List;

/**
 * The quantities that a device may report of one {@link HashBoard}. A store knows one by its {@link #key()}. What people
 * are shown, which values are plausible, and how far a value must move to be kept in a history is defined here.
 */
public enum BoardReading {
    /** Chips that work. */
    CHIPS_ALIVE("chips_alive", "working chips", "chips", 0, Bounds.MAX_CHIPS, 0, 0),
    /** Chips that the board should have. */
    CHIPS_EXPECTED("chips_expected", "expected chips", "chips", 0, Bounds.MAX_CHIPS, 0, 0),
    /** Hashrate of the board, TH/s. */
    RATE_THS("rate_ths", "hashrate", "TH/s", 0, Bounds.MAX_THS, 2, 0.1),
    /** The rate that the device expects of the board, TH/s. */
    EXPECTED_THS("expected_ths", "expected hashrate", "TH/s", 0, Bounds.MAX_THS, 2, 0.02),
    /** Mean of the sensors on the circuit board, °C. */
    BOARD_TEMP_C("board_temp_c", "board temperature", "°C", Bounds.MIN_C, Bounds.MAX_C, 1, Bounds.BAND_C),
    /** The hottest chip sensor, °C. */
    CHIP_TEMP_C("chip_temp_c", "chip temperature", "°C", Bounds.MIN_C, Bounds.MAX_C, 1, Bounds.BAND_C),
    /** Frequency of the chips, MHz. */
    FREQUENCY_MHZ("frequency_mhz", "frequency", "MHz", 0, 5_000, 0, 0.02),
    /** Voltage of the chips or of the board, as the device reports it, V. */
    VOLTAGE_V("voltage_v", "voltage", "V", 0, 100, 2, 0.02),
    /** Hardware errors since the mining process started. */
    HW_ERRORS("hw_errors", "hardware errors", "errors", 0, 1e15, 0, 0.5);

    private static final List<BoardReading> ALL = List.of(values());

    private final String key;
    private final String label;
    private final String unit;
    private final double min;
    private final double max;
    private final int decimals;
    private final double deadBand;

    BoardReading(String key, String label, String unit, double min, double max, int decimals, double deadBand) {
        this.key = key;
        this.label = label;
        this.unit = unit;
        this.min = min;
        this.max = max;
        this.decimals = decimals;
        this.deadBand = deadBand;
    }

    /** The lower-case name with its unit, as stored and as shown in JSON. */
    public String key() {
        return key;
    }

    /** What people call it, in lower case. */
    public String label() {
        return label;
    }

    /** The unit, such as {@code °C}. */
    public String unit() {
        return unit;
    }

    /** Whether a board can have this value, in the unit; NaN is none. */
    public boolean isPlausible(double value) {
        return value >= min && value <= max;
    }

    /** How many decimals people are shown. */
    public int decimals() {
        return decimals;
    }

    /**
     * Whether a history should keep a value beside an earlier one: it appeared, vanished, or left the dead band around the
     * earlier one. The band is 5 °C for temperatures, nothing for counts of chips, and else a share of the earlier value.
     */
    public boolean moved(double before, double now) {
        if (Double.isNaN(before) || Double.isNaN(now)) {
            return Double.isNaN(before) != Double.isNaN(now);
        }
        double band = unit.equals("°C") ? deadBand : deadBand * Math.abs(before);
        return Math.abs(now - before) > band;
    }

    /** The index of the reading in arrays of length {@link #count()}; never to be stored. */
    @SuppressWarnings("EnumOrdinal") // the ordinal is the one dense index there is; nothing stores it
    public int column() {
        return ordinal();
    }

    /** Every reading in declaration order. */
    public static List<BoardReading> all() {
        return ALL;
    }

    /** How many readings there are. */
    public static int count() {
        return ALL.size();
    }

    /** Bounds that several readings share. */
    private static final class Bounds {
        static final double MIN_C = -40;
        static final double MAX_C = 150;
        static final double BAND_C = 5;
        static final double MAX_CHIPS = 2_000;
        static final double MAX_THS = 2_000;
    }
}
