package io.minerops.core.alert.type;

import io.minerops.api.miner.FleetSnapshot;

/**
 * Loops over columns for {@code Condition.scan}: one comparison and a branch that is hardly ever taken for each row.
 * An absent reading is NaN, of which no comparison holds. Each comparison is a loop of its own, because a loop that is
 * handed its comparison costs a call for each row.
 */
public final class ColumnScan {
    private ColumnScan() {}

    /** Marks the rows whose value is above the limit. */
    public static void above(FleetSnapshot.Column column, double limit, int from, int to, long[] found) {
        for (int start = from, word = 0; start < to; start += Long.SIZE, word++) {
            int end = Math.min(start + Long.SIZE, to);
            long bits = 0;
            for (int row = start; row < end; row++) {
                if (column.get(row) > limit) {
                    bits |= 1L << row;
                }
            }
            found[word] |= bits;
        }
    }

    /** Marks the rows whose value is below the limit. */
    public static void below(FleetSnapshot.Column column, double limit, int from, int to, long[] found) {
        for (int start = from, word = 0; start < to; start += Long.SIZE, word++) {
            int end = Math.min(start + Long.SIZE, to);
            long bits = 0;
            for (int row = start; row < end; row++) {
                if (column.get(row) < limit) {
                    bits |= 1L << row;
                }
            }
            found[word] |= bits;
        }
    }

    /** Marks the rows whose value is above that row's limit times a factor. */
    public static void above(
            FleetSnapshot.Column column, double[] limits, double factor, int from, int to, long[] found) {
        for (int start = from, word = 0; start < to; start += Long.SIZE, word++) {
            int end = Math.min(start + Long.SIZE, to);
            long bits = 0;
            for (int row = start; row < end; row++) {
                if (column.get(row) > limits[row] * factor) {
                    bits |= 1L << row;
                }
            }
            found[word] |= bits;
        }
    }

    /** Marks the rows whose value is below that row's limit times a factor. */
    public static void below(
            FleetSnapshot.Column column, double[] limits, double factor, int from, int to, long[] found) {
        for (int start = from, word = 0; start < to; start += Long.SIZE, word++) {
            int end = Math.min(start + Long.SIZE, to);
            long bits = 0;
            for (int row = start; row < end; row++) {
                if (column.get(row) < factor * limits[row]) {
                    bits |= 1L << row;
                }
            }
            found[word] |= bits;
        }
    }

    /** Marks the rows whose sample is older than the time, and those that never had one. */
    public static void before(FleetSnapshot snapshot, long epochMillis, int from, int to, long[] found) {
        for (int start = from, word = 0; start < to; start += Long.SIZE, word++) {
            int end = Math.min(start + Long.SIZE, to);
            long bits = 0;
            for (int row = start; row < end; row++) {
                if (snapshot.epochMillis(row) < epochMillis) {
                    bits |= 1L << row;
                }
            }
            found[word] |= bits;
        }
    }

    /** Marks the rows whose sample is younger than the time. */
    public static void after(FleetSnapshot snapshot, long epochMillis, int from, int to, long[] found) {
        for (int start = from, word = 0; start < to; start += Long.SIZE, word++) {
            int end = Math.min(start + Long.SIZE, to);
            long bits = 0;
            for (int row = start; row < end; row++) {
                if (snapshot.epochMillis(row) > epochMillis) {
                    bits |= 1L << row;
                }
            }
            found[word] |= bits;
        }
    }
}
