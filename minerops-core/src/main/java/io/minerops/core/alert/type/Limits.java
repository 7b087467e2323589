package io.minerops.core.alert.type;

import io.minerops.api.InvalidArgumentException;

/** Where limits clear, and numbers as people read them. */
public final class Limits {
    /** Below this, hundredths fit a long. */
    private static final double MAX_EXACT = 1e15;

    private Limits() {}

    /** Where an upper limit clears: 5 % inside it. Multiplying before dividing keeps 95 % of 80 at exactly 76. */
    public static double below(double limit) {
        return limit * 95 / 100;
    }

    /** Where a lower limit clears: 5 % inside it. */
    public static double above(double limit) {
        return limit * 105 / 100;
    }

    /** Refuses a clearing limit on the wrong side of the raising one. */
    static void require(boolean holds, String name, String sentence) {
        if (!holds) {
            throw new InvalidArgumentException("thresholds." + name, "thresholds." + name + " " + sentence);
        }
    }

    /** A number with at most two decimals. */
    public static String number(double value) {
        if (!(Math.abs(value) < MAX_EXACT)) {
            return Double.toString(value);
        }
        // not String.format: a storm writes hundreds of thousands of these, and this takes a tenth of the time
        long hundredths = Math.round(Math.abs(value) * 100);
        long cents = hundredths % 100;
        String sign = value < 0 && hundredths > 0 ? "-" : "";
        String whole = sign + hundredths / 100;
        return cents == 0
                ? whole
                : whole + (cents % 10 == 0 ? "." + cents / 10 : cents < 10 ? ".0" + cents : "." + cents);
    }
}
