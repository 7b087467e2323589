package io.minerops.core.device.internal.normalise;

import io.minerops.core.device.internal.wire.DeviceNumber;
import io.minerops.core.device.internal.wire.DeviceText;
import io.minerops.core.device.reply.Fields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * The temperature sensors of one device, °C. A sensor outside -40..150 or at exactly 0 (which is how firmwares say
 * "none") is dropped; the device is not.
 *
 * @param values the sensors that count: those of the chips, or those of the boards where no chip has one
 * @param implausible what sensors said that cannot be
 */
public record Temperatures(List<Double> values, List<Double> implausible) {
    private static final Slots ALL_CHIPS = Slots.named("temp_chip");
    private static final Slots CHIPS = Slots.named("temp2_");
    private static final Slots OTHER_CHIPS = Slots.named("temp3_");
    private static final Slots ALL_OF_BOARDS = Slots.named("temp_pcb");
    private static final Slots ALL_OF_CONTROLLERS = Slots.named("temp_pic");
    private static final Slots BOARDS = Slots.named("temp");

    public Temperatures {
        values = List.copyOf(values);
        implausible = List.copyOf(implausible);
    }

    /** Of sensors, some of which may be absent. */
    public static Temperatures of(double... sensors) {
        List<Double> values = new ArrayList<>(sensors.length);
        List<Double> implausible = new ArrayList<>(0);
        for (double sensor : sensors) {
            if (sensor >= Plausible.LOWEST_C && sensor <= Plausible.HIGHEST_C) {
                if (sensor != 0) {
                    values.add(sensor);
                }
            } else if (!Double.isNaN(sensor)) {
                implausible.add(sensor);
            }
        }
        return new Temperatures(values, implausible);
    }

    /** Of an Antminer's statistics: the first of the possible fields with values. */
    public static Temperatures ofAntminer(Fields stats) {
        return joined(stats, ALL_CHIPS)
                .or(() -> of(concat(CHIPS.numbers(stats), OTHER_CHIPS.numbers(stats))))
                .or(() -> joined(stats, ALL_OF_BOARDS))
                .or(() -> joined(stats, ALL_OF_CONTROLLERS))
                .or(() -> of(BOARDS.numbers(stats)));
    }

    /** These, or the others where of these no sensor counts; implausible values of both are kept. */
    public Temperatures or(Supplier<Temperatures> others) {
        if (!values.isEmpty()) {
            return this;
        }
        Temperatures other = others.get();
        return implausible.isEmpty()
                ? other
                : new Temperatures(
                        other.values,
                        Stream.concat(implausible.stream(), other.implausible.stream())
                                .toList());
    }

    /** Their mean, NaN where there are none. */
    public double mean() {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    /** The hottest, NaN where there are none. */
    public double max() {
        return values.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    }

    /** The coldest, NaN where there are none. */
    double min() {
        return values.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
    }

    private static double[] concat(double[] first, double[] second) {
        return DoubleStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
    }

    private static Temperatures joined(Fields stats, Slots chains) {
        List<Double> sensors = new ArrayList<>();
        chains.rawTexts(stats).forEach(text -> sensors.addAll(split(text)));
        return of(sensors.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** The numbers of a text such as {@code 2--1-20-22}, which is 2, -1, 20 and 22; what is no number is left out. */
    public static List<Double> split(String text) {
        List<Double> values = new ArrayList<>(4);
        int start = 0;
        int limit = Math.min(text.length(), DeviceText.MAX_CHARACTERS);
        for (int index = 1; index <= limit; index++) {
            // a dash parts two values, unless it stands first in a value and so is its sign
            boolean parts = index == limit || (text.charAt(index) == '-' && index > start);
            if (parts) {
                double value = DeviceNumber.parse(text.substring(start, index));
                if (!Double.isNaN(value)) {
                    values.add(value);
                }
                start = index + 1;
            }
        }
        return values;
    }
}
