package io.minerops.core.device.internal.table;

import io.minerops.api.miner.Reading;
import java.util.List;

/** What a row of a table is the source of. */
public enum Item {
    /** The hashrate that the device should have, TH/s. */
    EXPECTED_RATE,
    /** The hashrate since the mining process started, TH/s. */
    AVERAGE_RATE,
    /** The hashrate over a short window, TH/s: each row is a window, and the first plausible one counts. */
    RATE,
    /** The power that the device measures, W. */
    POWER,
    /** The power that the firmware calculates, W. */
    ESTIMATED_POWER,
    /** Sensors of the chips or boards, °C. */
    TEMPERATURES,
    INLETS,
    OUTLETS,
    /** Fans that are fitted, rpm: one at 0 stands still, unless all may. */
    FANS,
    /** Slots for fans, rpm: one at 0 has no fan. */
    FAN_SLOTS,
    /** Fans, rpm, of which one at 0 stands still while the device hashes, and is left out while it does not. */
    FANS_IN_USE,
    /** Working chips, one number for each board; how many boards there should be is known of the model. */
    CHIPS,
    /** Working boards, of a device that does not count working chips; not known while it hashes nothing. */
    BOARDS,
    EXPECTED_BOARDS,
    EXPECTED_CHIPS,
    ELAPSED,
    ACCEPTED,
    REJECTED,
    HW_ERRORS,
    BEST_SHARE_DIFFICULTY,
    LAST_SHARE_DIFFICULTY,
    LAST_SHARE_AGE_S,
    PSU_TEMP_C,
    AMBIENT_TEMP_C,
    POWER_LIMIT_W,
    FREQUENCY_MHZ,
    VOLTAGE_V,
    /** A word for what the device is doing. */
    STATE,
    /** Flags, and texts that are empty where all is well. */
    FAULTS,
    FIRMWARE,
    MAC,
    HOSTNAME,
    /** The serial number; what firmwares have instead of one is left out. */
    SERIAL,
    /** The serial number of a firmware that has nothing instead of one. */
    CERTAIN_SERIAL;

    static final List<Item> COUNTERS = List.of(ELAPSED, ACCEPTED, REJECTED, HW_ERRORS);

    /** Readings of some devices. */
    static final List<Item> EXTRAS = List.of(
            BEST_SHARE_DIFFICULTY,
            LAST_SHARE_DIFFICULTY,
            LAST_SHARE_AGE_S,
            PSU_TEMP_C,
            AMBIENT_TEMP_C,
            POWER_LIMIT_W,
            FREQUENCY_MHZ,
            VOLTAGE_V);

    /** The reading that a counter or an extra is. */
    Reading reading() {
        return this == ELAPSED ? Reading.ELAPSED_S : Reading.valueOf(name());
    }
}
