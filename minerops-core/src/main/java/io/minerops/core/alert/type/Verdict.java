package io.minerops.core.alert.type;

/** What a condition says of one miner at one check. */
public enum Verdict {
    /** Past the raising limit. */
    VIOLATED,
    /** Past the clearing limit: an open alert ends. */
    CLEAR,
    /** Between the two: nothing new begins and nothing open ends. */
    BETWEEN,
    /** The reading that it judges by is absent: nothing begins, nothing ends, and a pending time runs on. */
    UNKNOWN
}
