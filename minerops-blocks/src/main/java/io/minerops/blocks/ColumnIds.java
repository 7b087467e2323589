package io.minerops.blocks;

import io.minerops.api.miner.Reading;

/** The ids of columns. A store gives each reading an id of its own, once, from {@link #FIRST_READING} on. */
public final class ColumnIds {
    /** The key of a row: the miner's number in a frame, the poll's time in a block. */
    public static final int KEY = 0;
    /** Milliseconds between the poll's time and the device's reply. */
    public static final int READ_AFTER_MS = 1;
    /** 1 where the power is estimated, else 0. */
    public static final int POWER_ESTIMATED = 2;
    /** The number of the pool that the miner works for. */
    public static final int POOL = 3;
    /** The first id that a reading may have; those before it are reserved. */
    public static final int FIRST_READING = 16;
    /** The last id that a reading may have, because a roll-up adds four bits to it. */
    public static final int LAST_READING = 4_095;

    private static final int GIGAHASH_DECIMALS = 3;

    private ColumnIds() {}

    /** The fewest decimals that a reading is stored with: those that people are shown, and whole GH/s as devices report. */
    public static int decimals(Reading reading) {
        return reading.unit().equals("TH/s") ? GIGAHASH_DECIMALS : reading.decimals();
    }
}
