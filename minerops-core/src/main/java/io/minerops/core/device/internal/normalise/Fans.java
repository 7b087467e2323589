package io.minerops.core.device.internal.normalise;

import io.minerops.core.device.reply.Fields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The fans that are fitted, rpm; 0 is a fan that stands still.
 *
 * @param rpm one speed per fan
 * @param implausible what was said of a fan and cannot be
 */
public record Fans(List<Double> rpm, List<Double> implausible) {
    private static final Slots SPEEDS = Slots.named("fan");
    /** More than any Antminer has; a larger {@code fan_num} counts the slots and not the fans. */
    private static final int MAX_FITTED = 4;

    public Fans {
        rpm = List.copyOf(rpm);
        implausible = List.copyOf(implausible);
    }

    /** Of fans that are fitted each; NaN is none. */
    public static Fans of(double... speeds) {
        return new Fans(
                Arrays.stream(speeds).filter(Fans::plausible).boxed().toList(),
                Arrays.stream(speeds).filter(Fans::implausible).boxed().toList());
    }

    /** Of slots of which those at 0 are not fitted. */
    public static Fans ofSlots(double... speeds) {
        return of(Arrays.stream(speeds).filter(rpm -> rpm != 0).toArray());
    }

    /**
     * Of an Antminer's statistics. Slots at 0 are not fitted, unless {@code fan_num} says that there are more fans
     * than turn: then the rest stand still. Fans that all stand still because they may are no reading.
     *
     * @param mayStand whether nothing is wrong if none turns, as in a miner at rest or cooled by a liquid
     */
    public static Fans ofAntminer(Fields stats, boolean mayStand) {
        double[] slots = SPEEDS.numbers(stats);
        Fans turning = ofSlots(slots);
        double fitted = stats.number("fan_num");
        boolean someStand = Arrays.stream(slots).anyMatch(rpm -> rpm == 0) && fitted <= MAX_FITTED;
        if (!someStand || (turning.rpm.isEmpty() && mayStand)) {
            return turning;
        }
        List<Double> all = new ArrayList<>(turning.rpm);
        while (all.size() < fitted) {
            all.add(0.0);
        }
        return new Fans(all, turning.implausible);
    }

    /** These, or none where all stand still and may, as in a miner at rest or cooled by a liquid. */
    public Fans unlessAllStand(boolean mayStand) {
        return mayStand && max() == 0 ? new Fans(List.of(), implausible) : this;
    }

    /** Their mean, NaN where there are none. */
    public double mean() {
        return rpm.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    /** The slowest, NaN where there are none. */
    public double min() {
        return rpm.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
    }

    /** The fastest, NaN where there are none. */
    public double max() {
        return rpm.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    }

    private static boolean plausible(double rpm) {
        return rpm >= 0 && rpm <= Plausible.FASTEST_RPM;
    }

    /** -1 is how some firmwares say that they do not know. */
    private static boolean implausible(double rpm) {
        return !Double.isNaN(rpm) && !plausible(rpm) && rpm != -1;
    }
}
