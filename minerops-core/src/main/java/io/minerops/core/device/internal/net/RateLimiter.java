package io.minerops.core.device.internal.net;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Limits how many starts fall into any span of time. A start that comes late may catch up by a little, where that is
 * wanted. Times are given to it, on the scale of {@link System#nanoTime}; not thread-safe.
 */
public final class RateLimiter {
    /** A selector wakes up to a millisecond late. */
    private static final long CATCH_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private static final int SLICES_PER_SECOND = 20;

    /** Starts beyond the rate delay the next by no more than this and one span. */
    private static final long MAX_DEBT_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** When each start of a span may be followed by another one, a ring. */
    private final long[] nextNanos;

    private final long spanNanos;
    private final long catchUpNanos;
    private int oldest;

    private RateLimiter(int starts, long spanNanos, long catchUpNanos, long nowNanos) {
        nextNanos = new long[starts];
        Arrays.fill(nextNanos, nowNanos);
        this.spanNanos = spanNanos;
        this.catchUpNanos = catchUpNanos;
    }

    /** Keeps starts so far apart; those that are late by up to 2 ms catch up. The first may be at once. */
    static RateLimiter spaced(long gapNanos, long nowNanos) {
        return new RateLimiter(1, gapNanos, CATCH_UP_NANOS, nowNanos);
    }

    /**
     * Allows so many starts in any second, and a twentieth of them in any 50 ms: a steady stream, no burst each second.
     * A rate that a twentieth does not divide is exceeded by less than such a share.
     */
    public static RateLimiter perSecond(int starts, long nowNanos) {
        int perSlice = Math.max(1, starts / SLICES_PER_SECOND);
        return new RateLimiter(perSlice, (TimeUnit.SECONDS.toNanos(perSlice) + starts - 1) / starts, 0, nowNanos);
    }

    /** The time until the next start is allowed; 0 or less if it is now. */
    public long waitNanos(long nowNanos) {
        return nextNanos[oldest] - nowNanos;
    }

    /** Negative if this allows a start before the other; by difference, since nanoTime may wrap around. */
    int compareNext(RateLimiter other) {
        return Long.signum(waitNanos(other.nextNanos[other.oldest]));
    }

    /** Counts a start; one that was not allowed yet delays those after it. */
    public void started(long nowNanos) {
        long wait = waitNanos(nowNanos);
        if (wait > MAX_DEBT_NANOS) {
            return;
        }
        nextNanos[oldest] = nowNanos + Math.max(wait, -catchUpNanos) + spanNanos;
        oldest = oldest + 1 == nextNanos.length ? 0 : oldest + 1;
    }
}
