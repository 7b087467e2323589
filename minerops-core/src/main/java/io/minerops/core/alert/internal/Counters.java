package io.minerops.core.alert.internal;

import io.minerops.api.miner.Reading;
import io.minerops.core.alert.type.CheckContext;
import io.minerops.core.alert.type.RecentReadings;

/** Follows counters that start again when a miner restarts. */
final class Counters {
    private static final double MILLIS_PER_MINUTE = 60_000;

    private Counters() {}

    /**
     * By how much a counter grew in the last minutes: over each pair of polls by the difference, or after a restart, seen
     * by it or the running time going back, by all that is on it. NaN where fewer than two polls have it.
     */
    static double increase(CheckContext check, Reading counter, int row, double minutes) {
        RecentReadings recent = check.recent();
        if (recent == null) {
            return Double.NaN;
        }
        double before = Double.NaN;
        double elapsedBefore = Double.NaN;
        double sum = Double.NaN;
        for (int poll = first(check, recent, minutes); poll < recent.polls(); poll++) {
            double value = recent.value(counter, poll, row);
            if (!Double.isNaN(value)) {
                double elapsed = recent.value(Reading.ELAPSED_S, poll, row);
                if (!Double.isNaN(before)) {
                    boolean restarted = value < before || elapsed < elapsedBefore;
                    sum = (Double.isNaN(sum) ? 0 : sum) + (restarted ? value : value - before);
                }
                before = value;
                elapsedBefore = elapsed;
            }
        }
        return sum;
    }

    /** How often a counter fell in the last minutes; -1 where fewer than two polls have it. */
    static int falls(CheckContext check, Reading counter, int row, double minutes) {
        RecentReadings recent = check.recent();
        if (recent == null) {
            return -1;
        }
        double before = Double.NaN;
        int falls = -1;
        for (int poll = first(check, recent, minutes); poll < recent.polls(); poll++) {
            double value = recent.value(counter, poll, row);
            if (!Double.isNaN(value)) {
                if (!Double.isNaN(before)) {
                    falls = Math.max(falls, 0) + (value < before ? 1 : 0);
                }
                before = value;
            }
        }
        return falls;
    }

    /** The first poll of the last minutes. */
    static int first(CheckContext check, RecentReadings recent, double minutes) {
        return recent.firstSince(check.nowMillis() - Math.round(minutes * MILLIS_PER_MINUTE));
    }
}
