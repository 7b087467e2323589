package io.minerops.api.miner;

import java.util.List;

/** What a {@link Fact} is about. Of each kind but {@link #FAULT} one value holds at a time for each slot. */
public enum FactKind {
    /** The text that the firmware gives as its version. */
    FIRMWARE("firmware", "firmware"),
    /** The model. */
    MODEL("model", "model"),
    /** The hardware address. */
    MAC("mac", "MAC"),
    /** The name that the device gives itself. */
    HOSTNAME("hostname", "hostname"),
    /** The serial number of the device. */
    SERIAL("serial", "serial number"),
    /** The address of the pool that it works for. */
    POOL("pool", "pool"),
    /** As whom it works there. */
    WORKER("worker", "worker"),
    /** The serial number of a hash board; the slot is that of the board. */
    BOARD_SERIAL("board_serial", "serial number of the board"),
    /**
     * A fault that the device reports: the value is its code, and several hold at a time. The slot is that of the hash
     * board where the device says which.
     */
    FAULT("fault", "fault");

    private static final List<FactKind> ALL = List.of(values());

    private final String key;
    private final String label;

    FactKind(String key, String label) {
        this.key = key;
        this.label = label;
    }

    /** The lower-case name, as stored and as shown in JSON. */
    public String key() {
        return key;
    }

    /** What people call it. */
    public String label() {
        return label;
    }

    /** Every kind in declaration order. */
    public static List<FactKind> all() {
        return ALL;
    }
}
