package io.minerops.server.access;

/** The role of a client, ascending. */
public enum Role {
    /** Nothing but what is for everybody. */
    NONE,
    /** Read. */
    READ,
    /** Read, and change what there is. */
    OPERATE
}
