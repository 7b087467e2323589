package io.minerops.core.device.internal.reading;

/** Whether a device answers several CGMiner commands in one request. */
public enum Joining {
    /** It is assumed to, and has not done so yet. */
    UNPROVEN,
    /** It has done so. */
    PROVEN,
    /** It does not: commands go one by one. */
    NEVER
}
