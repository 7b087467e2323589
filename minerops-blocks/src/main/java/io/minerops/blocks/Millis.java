package io.minerops.blocks;

import java.time.Instant;

/** Times as stores keep them: milliseconds since the epoch. */
public final class Millis {
    /** An hour. */
    public static final long HOUR = 3_600_000;

    /** A day. */
    public static final long DAY = 24 * HOUR;

    private Millis() {}

    /** The ms of a time; one that does not fit becomes the first or the last that does. */
    public static long of(Instant time) {
        long seconds = time.getEpochSecond();
        long limit = Long.MAX_VALUE / 1_000 - 1;
        return seconds > limit ? Long.MAX_VALUE : seconds < -limit ? Long.MIN_VALUE : time.toEpochMilli();
    }

    /** The beginning of the hour that a time is in. */
    public static long hourOf(long at) {
        return Math.floorDiv(at, HOUR) * HOUR;
    }

    /** The beginning of the UTC day that a time is in. */
    public static long dayOf(long at) {
        return Math.floorDiv(at, DAY) * DAY;
    }
}
