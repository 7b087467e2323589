package io.minerops.blocks;

import io.minerops.api.store.MetricRollup;
import org.jspecify.annotations.Nullable;

/**
 * What one reading of one miner was over a span of time. The integral is the reading times seconds (of W: joules; of
 * TH/s: terahashes), by the trapezoid over each gap between two values; a gap longer than {@link #MAX_GAP_MS} is left
 * out, for nothing is known of it.
 *
 * @param count how many samples had the reading, 1 or more
 * @param min the smallest value
 * @param max the largest value
 * @param mean the mean of the values
 * @param first the first value
 * @param last the last value
 * @param firstAt the poll time of the first value, ms since the epoch
 * @param lastAt the poll time of the last value, ms since the epoch
 * @param integral the reading's integral between these two times
 */
public record ReadingRollup(
        long count,
        double min,
        double max,
        double mean,
        double first,
        double last,
        long firstAt,
        long lastAt,
        double integral) {
    /** A miner that was not read for longer may have been off. */
    public static final long MAX_GAP_MS = MetricRollup.MAX_GAP.toMillis();

    private static final double MS_PER_S = 1_000;

    /** The roll-up of values at ascending times, NaN where absent; null where all are. */
    static @Nullable ReadingRollup of(long[] times, double[] values) {
        long count = 0;
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        double sum = 0;
        double integral = 0;
        int first = -1;
        int last = -1;
        for (int row = 0; row < values.length; row++) {
            double value = values[row];
            if (!Double.isNaN(value)) {
                first = first < 0 ? row : first;
                integral += last < 0 ? 0 : trapezoid(times[last], values[last], times[row], value);
                last = row;
                count++;
                sum += value;
                min = Math.min(min, value);
                max = Math.max(max, value);
            }
        }
        return count == 0
                ? null
                : new ReadingRollup(
                        count, min, max, sum / count, values[first], values[last], times[first], times[last], integral);
    }

    /** The roll-up of this span and a later one together, the gap between them included. */
    public ReadingRollup then(ReadingRollup later) {
        long all = count + later.count;
        return new ReadingRollup(
                all,
                Math.min(min, later.min),
                Math.max(max, later.max),
                mean + (later.mean - mean) * ((double) later.count / all),
                first,
                later.last,
                firstAt,
                later.lastAt,
                integral + later.integral + trapezoid(lastAt, last, later.firstAt, later.first));
    }

    private static double trapezoid(long from, double first, long to, double second) {
        long gap = to - from;
        return gap > MAX_GAP_MS ? 0 : (first + second) / 2 * (gap / MS_PER_S);
    }
}
