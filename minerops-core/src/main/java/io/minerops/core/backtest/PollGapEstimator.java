package io.minerops.core.backtest;

import java.util.Arrays;

/**
 * How long it usually is from one poll to the next: the middle one of the last pauses, which neither an additional
 * poll nor an interruption changes.
 */
final class PollGapEstimator {
    private static final int REMEMBERED = 15;

    private final long[] last = new long[REMEMBERED];
    private int count;

    /** Whether a pause is the first, or no longer than so many usual ones and a grace, ms. */
    boolean allows(long pause, int times, long grace) {
        return count == 0 || pause <= times * median() + grace;
    }

    void add(long pause) {
        last[count++ % REMEMBERED] = pause;
    }

    private long median() {
        long[] sorted = Arrays.copyOf(last, Math.min(count, REMEMBERED));
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
