package io.minerops.core.discovery;

import java.util.Arrays;

/**
 * Spreads connections so that no second sees more than a rate allows. A second is cut into slices, of which each takes
 * its share at most, so that the network meets a steady stream rather than one burst a second. Time is given to it.
 */
final class ConnectionPace {
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int SLICES_PER_SECOND = 20;

    /** A debt is forgotten beyond this: others' connections must not hold up a discovery for ever. */
    private static final long MOST_DEBT_NANOS = NANOS_PER_SECOND;

    /** When the last connections were booked, in a ring; each slot may be taken again a slice later. */
    private final long[] booked;

    private final long sliceNanos;
    private int oldest;

    ConnectionPace(int perSecond, long nowNanos) {
        int perSlice = Math.max(1, perSecond / SLICES_PER_SECOND);
        booked = new long[perSlice];
        sliceNanos = (NANOS_PER_SECOND * perSlice + perSecond - 1) / perSecond;
        Arrays.fill(booked, nowNanos - sliceNanos);
    }

    /** How long until the next connection may be begun; 0 where it may be now. */
    long nanosUntilNext(long nowNanos) {
        return Math.max(0, booked[oldest] + sliceNanos - nowNanos);
    }

    /** Books one connection, for now or, where others of this slice came first, for the time when it fits. */
    void book(long nowNanos) {
        long due = nanosUntilNext(nowNanos);
        if (due > MOST_DEBT_NANOS) {
            return;
        }
        booked[oldest] = nowNanos + due;
        oldest = (oldest + 1) % booked.length;
    }
}
