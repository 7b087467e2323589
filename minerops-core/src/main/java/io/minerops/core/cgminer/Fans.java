package io.minerops.core.cgminer;

import java.util.ArrayList;
import java.util.List;

/**
 * The fans that are fitted, rpm; 0 is a fan that stands still.
 *
 * @param rpm one speed per fan
 */
record Fans(List<Double> rpm) {
    private static final int MAX_SLOTS = 16;
    /** More than any Antminer has; a larger {@code fan_num} counts the slots and not the fans. */
    private static final int MOST_FITTED = 4;

    private static final double FASTEST_RPM = 30_000;

    Fans {
        rpm = List.copyOf(rpm);
    }

    /**
     * Of an Antminer's statistics. Slots at 0 are not fitted, unless {@code fan_num} says that there are more fans
     * than turn: then the rest stand still. Fans that all stand still because they may are no reading.
     *
     * @param mayStand whether nothing is wrong if none turns, as in a miner at rest or cooled by a liquid
     */
    static Fans ofAntminer(Fields stats, boolean mayStand) {
        List<Double> turning = new ArrayList<>(4);
        boolean anySlot = false;
        for (int slot = 1; slot <= MAX_SLOTS; slot++) {
            double rpm = stats.number("fan" + slot);
            anySlot |= rpm == 0;
            if (plausible(rpm)) {
                turning.add(rpm);
            }
        }
        double fitted = stats.number("fan_num");
        if (anySlot && fitted <= MOST_FITTED && !(turning.isEmpty() && mayStand)) {
            while (turning.size() < fitted) {
                turning.add(0.0);
            }
        }
        return new Fans(turning);
    }

    /** Of a list of slots of which those at 0 are not fitted. */
    static Fans ofSlots(Fields slots, String key) {
        List<Double> turning = new ArrayList<>(4);
        for (double rpm : slots.numbers(key)) {
            if (plausible(rpm)) {
                turning.add(rpm);
            }
        }
        return new Fans(turning);
    }

    /** Their mean, NaN where there are none. */
    double mean() {
        return rpm.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    /** The slowest, NaN where there are none. */
    double min() {
        return rpm.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
    }

    /** The fastest, NaN where there are none. */
    double max() {
        return rpm.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    }

    private static boolean plausible(double rpm) {
        return rpm > 0 && rpm <= FASTEST_RPM;
    }
}
