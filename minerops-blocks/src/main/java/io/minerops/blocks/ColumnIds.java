package io.minerops.blocks;

import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import java.util.List;

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
    /** What the miner was doing, see {@link #ofState}; absent where it did not say. */
    public static final int STATE = 4;
    /** The first id that a reading may have; those before it are reserved. */
    public static final int FIRST_READING = 16;
    /** The last id that a reading may have, because a roll-up adds four bits to it. */
    public static final int LAST_READING = 4_095;

    private static final int GIGAHASH_DECIMALS = 3;

    /** By their number; a state that is added later gets the next one. */
    private static final List<WorkState> STATES = List.of(
            WorkState.UNKNOWN,
            WorkState.MINING,
            WorkState.IDLE,
            WorkState.PAUSED,
            WorkState.ASLEEP,
            WorkState.TUNING,
            WorkState.FAULT);

    private ColumnIds() {}

    /** The number that a state is stored as, 1 to 15; {@link Column#ABSENT} for {@link WorkState#UNKNOWN}. */
    public static long ofState(WorkState state) {
        return state == WorkState.UNKNOWN ? Column.ABSENT : STATES.indexOf(state);
    }

    /** The state of a number; {@link WorkState#UNKNOWN} for none, and for one that this program does not know. */
    public static WorkState state(long number) {
        return number > 0 && number < STATES.size() ? STATES.get((int) number) : WorkState.UNKNOWN;
    }

    /** The fewest decimals that a reading is stored with: those that people are shown, and whole GH/s as devices report. */
    public static int decimals(Reading reading) {
        return reading.unit().equals("TH/s") ? GIGAHASH_DECIMALS : reading.decimals();
    }
}
