package io.minerops.server.access;

/** What somebody may do, from the least to the most. */
public enum Right {
    /** Nothing but what is for everybody. */
    NONE,
    /** Read. */
    READ,
    /** Read, and change what there is. */
    OPERATE
}
