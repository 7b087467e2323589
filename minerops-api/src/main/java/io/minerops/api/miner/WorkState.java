package io.minerops.api.miner;

import java.util.List;
import java.util.Locale;

/**
 * What a miner is doing, as the device reports it. One that an operator or a schedule stopped is {@link #PAUSED} or
 * {@link #ASLEEP} and not broken.
 */
public enum WorkState {
    /** It hashes, or is supposed to. */
    MINING,
    /** It is ready and has no work, as when no pool answers. */
    IDLE,
    /** Hashing was stopped by a command or a schedule; the boards may still have power. */
    PAUSED,
    /** Its boards are off, by a command, a schedule or a power mode. */
    ASLEEP,
    /** It starts, or its firmware is looking for the best frequencies and voltages. */
    TUNING,
    /** It stopped by itself because of a fault. */
    FAULT,
    /** The device does not report it. */
    UNKNOWN;

    private static final List<WorkState> ALL = List.of(values());

    private final String key = name().toLowerCase(Locale.ROOT);

    /** The name in lower case, as stored and as shown in JSON. */
    public String key() {
        return key;
    }

    /** Whether it was stopped on purpose: paused or asleep. */
    public boolean isStopped() {
        return this == PAUSED || this == ASLEEP;
    }

    /** Every state in declaration order. */
    public static List<WorkState> all() {
        return ALL;
    }
}
