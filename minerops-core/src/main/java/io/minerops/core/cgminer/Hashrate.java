package io.minerops.core.cgminer;

import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 hash rate of one device, TH/s; NaN where absent.
 *
 * @param now over the shortest window
 * @param average since the mining process started
 */
record Hashrate(double now, double average) {
    /** No rate, as of a device that computes something else. */
    static final Hashrate ABSENT = new Hashrate(Double.NaN, Double.NaN);

    /** Two windows of one device that lie further apart are not in the same unit. */
    private static final double LARGEST_RATIO = 300;

    /** Reads the windows, of the statistics first and of the summary where those have none. */
    static Hashrate of(DeviceReplies replies) {
        Fields stats = replies.section(Command.STATS);
        Fields summary = replies.section(Command.SUMMARY);
        double now = firstOf(window(stats, "5s"), window(summary, "5s"), window(summary, "1m"));
        double average = firstOf(window(stats, "av"), window(summary, "av"));
        boolean torn = now > average * LARGEST_RATIO && average > 0;
        return new Hashrate(torn ? Double.NaN : now, average);
    }

    /** Whether the device says that it hashes nothing. */
    boolean atRest() {
        return now == 0;
    }

    private static double window(Fields fields, String window) {
        double giga = fields.number("GHS " + window);
        if (!Double.isNaN(giga)) {
            return giga * thsPerUnit(fields.rawText("rate_unit"));
        }
        return fields.number("MHS " + window, "MHS(" + window + ")") / 1e6;
    }

    /** The fields are named GHS whatever they hold; where the device names its unit, that is believed. */
    private static double thsPerUnit(@Nullable String unit) {
        if (unit == null || unit.isBlank() || unit.startsWith("G")) {
            return 1e-3;
        }
        return unit.startsWith("T") ? 1 : unit.startsWith("M") ? 1e-6 : Double.NaN;
    }

    private static double firstOf(double... values) {
        for (double value : values) {
            if (!Double.isNaN(value)) {
                return value;
            }
        }
        return Double.NaN;
    }
}
