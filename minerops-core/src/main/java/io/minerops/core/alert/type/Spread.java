package io.minerops.core.alert.type;

import java.util.Arrays;

/**
 * Where values lie and how far apart, by median and median absolute deviation, which a few wild values do not move.
 *
 * @param median the middle value
 * @param scale what a standard deviation would be were the values normally distributed: 1.4826 times the median
 *     absolute deviation, and at least a two-hundredth of the median, lest a steady reading make every tremor an anomaly
 */
public record Spread(double median, double scale) {
    /** Makes the median absolute deviation of a normal distribution its standard deviation: 1 / Φ⁻¹(3/4). */
    private static final double NORMAL = 1.4826;

    private static final double MIN_SHARE = 0.005;

    /** The spread of the first values of an array, at least one, which are put into another order. */
    public static Spread of(double[] values, int count) {
        double median = median(values, count);
        for (int i = 0; i < count; i++) {
            values[i] = Math.abs(values[i] - median);
        }
        double scale = NORMAL * median(values, count);
        return new Spread(median, Math.max(Math.max(scale, MIN_SHARE * Math.abs(median)), Double.MIN_NORMAL));
    }

    /** How many scales a value lies above the median; below it, a negative number. */
    public double score(double value) {
        return (value - median) / scale;
    }

    private static double median(double[] values, int count) {
        Arrays.sort(values, 0, count);
        int middle = count / 2;
        return count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
