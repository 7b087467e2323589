package io.minerops.tariff;

import java.util.Arrays;

/** The highest mean load of each period over windows of equal length. */
final class Peaks {
    private final double[] highest;
    private final double[] sums;
    private final int[] counts;
    private long window = Long.MIN_VALUE;

    Peaks(int periods) {
        highest = new double[periods];
        sums = new double[periods];
        counts = new int[periods];
        Arrays.fill(highest, Double.NEGATIVE_INFINITY);
    }

    /**
     * Adds an interval.
     *
     * @param begin the begin of its window; windows come in order
     */
    void add(int period, long begin, double kw) {
        if (begin != window) {
            close();
            window = begin;
        }
        sums[period] += kw;
        counts[period]++;
    }

    /** The highest load of a period, kW; negative infinity where the period had no interval. */
    double kw(int period) {
        close();
        return highest[period];
    }

    private void close() {
        for (int period = 0; period < sums.length; period++) {
            if (counts[period] > 0) {
                highest[period] = Math.max(highest[period], sums[period] / counts[period]);
                sums[period] = 0;
                counts[period] = 0;
            }
        }
    }
}
