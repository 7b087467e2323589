package io.minerops.core.certify;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** How often each value of a count was seen, such as three working boards. Not thread-safe. */
final class CountShares {
    /** A count that is there so often is there: a single odd reply is no dead board. */
    private static final double NEARLY_ALWAYS = 0.99;

    private final NavigableMap<Double, Long> seen = new TreeMap<>();
    private long total;

    /** One reading; NaN is none. */
    void add(double value) {
        if (!Double.isNaN(value)) {
            seen.merge(value, 1L, Long::sum);
            total++;
        }
    }

    /** The highest count that was reached in 99 % of the readings; NaN where there is none. */
    double nearlyAlways() {
        long atLeast = 0;
        for (Map.Entry<Double, Long> each : seen.descendingMap().entrySet()) {
            atLeast += each.getValue();
            if (atLeast >= NEARLY_ALWAYS * total) {
                return each.getKey();
            }
        }
        return Double.NaN;
    }

    /** The lowest count; NaN where there is none. */
    double lowest() {
        return seen.isEmpty() ? Double.NaN : seen.firstKey();
    }

    /** The highest count; NaN where there is none. */
    double highest() {
        return seen.isEmpty() ? Double.NaN : seen.lastKey();
    }
}
