package io.minerops.core.device.internal.net;

import java.util.concurrent.TimeUnit;

/** Keeps starts apart. Who comes late may catch up by a few, since a selector wakes up to a millisecond late. */
final class ReadingRate {
    private static final long CATCH_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final long gapNanos;
    private long nextNanos;

    /**
     * The first start may be at once.
     *
     * @param nowNanos the time on the scale of {@link System#nanoTime}
     */
    ReadingRate(long gapNanos, long nowNanos) {
        this.gapNanos = gapNanos;
        nextNanos = nowNanos;
    }

    /** How long until something may start; 0 or less where it may now. */
    long waitNanos(long nowNanos) {
        return nextNanos - nowNanos;
    }

    /** Negative where this may go before the other; by difference, since nanoTime may wrap around. */
    int comparedTo(ReadingRate other) {
        return Long.signum(nextNanos - other.nextNanos);
    }

    /** Counts a start. */
    void started(long nowNanos) {
        long earliest = nowNanos - CATCH_UP_NANOS;
        nextNanos = (nextNanos - earliest < 0 ? earliest : nextNanos) + gapNanos;
    }
}
