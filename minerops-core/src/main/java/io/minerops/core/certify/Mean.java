package io.minerops.core.certify;

/** Adds up readings. Not thread-safe. */
final class Mean {
    private double sum;
    private long count;
    private double highest = Double.NaN;

    /** One reading; NaN is none. */
    void add(double value) {
        if (!Double.isNaN(value)) {
            sum += value;
            count++;
            highest = Double.isNaN(highest) ? value : Math.max(highest, value);
        }
    }

    /** Their mean; NaN where there is none. */
    double mean() {
        return count == 0 ? Double.NaN : sum / count;
    }

    /** The highest; NaN where there is none. */
    double highest() {
        return highest;
    }
}
