package io.minerops.core.cgminer;

import java.util.ArrayList;
import java.util.List;

/**
 * The temperature sensors of one device, °C. A sensor outside -40..150 or at exactly 0 (which is how firmwares say
 * "none") is dropped; the device is not.
 *
 * @param values the sensors that count: those of the chips, or those of the boards where no chip has one
 */
record Temperatures(List<Double> values) {
    private static final int MAX_CHAINS = 16;
    private static final double LOWEST_C = -40;
    private static final double HIGHEST_C = 150;

    Temperatures {
        values = List.copyOf(values);
    }

    /** Of an Antminer's statistics: the first of the places it may have them in that holds any. */
    static Temperatures ofAntminer(Fields stats) {
        List<Double> chips = joined(stats, "temp_chip");
        if (chips.isEmpty()) {
            chips = single(stats, "temp2_");
            chips.addAll(single(stats, "temp3_"));
        }
        if (chips.isEmpty()) {
            chips = joined(stats, "temp_pcb");
        }
        return new Temperatures(chips.isEmpty() ? single(stats, "temp") : chips);
    }

    /** Of a list of boards that each have a chip's and a board's temperature under a key. */
    static Temperatures ofBoards(Fields boards, String chipKey, String boardKey) {
        List<Double> chips = plausible(boards.numbers(chipKey));
        return new Temperatures(chips.isEmpty() ? plausible(boards.numbers(boardKey)) : chips);
    }

    /** Their mean, NaN where there are none. */
    double mean() {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    /** The hottest, NaN where there are none. */
    double max() {
        return values.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    }

    private static List<Double> single(Fields stats, String prefix) {
        List<Double> values = new ArrayList<>();
        for (int chain = 1; chain <= MAX_CHAINS; chain++) {
            double value = stats.number(prefix + chain);
            if (plausible(value)) {
                values.add(value);
            }
        }
        return values;
    }

    private static List<Double> joined(Fields stats, String prefix) {
        List<Double> values = new ArrayList<>();
        for (int chain = 1; chain <= MAX_CHAINS; chain++) {
            String text = stats.rawText(prefix + chain);
            if (text != null) {
                split(text).stream().filter(Temperatures::plausible).forEach(values::add);
            }
        }
        return values;
    }

    /** The numbers of a text such as {@code 2--1-20-22}, which is 2, -1, 20 and 22; what is no number is left out. */
    static List<Double> split(String text) {
        List<Double> values = new ArrayList<>(4);
        int start = 0;
        int limit = Math.min(text.length(), DeviceText.MAX_CHARACTERS);
        for (int index = 1; index <= limit; index++) {
            // a dash parts two values, unless it stands first in a value and so is its sign
            boolean parts = index == limit || (text.charAt(index) == '-' && index > start);
            if (parts) {
                double value = Fields.parse(text.substring(start, index));
                if (!Double.isNaN(value)) {
                    values.add(value);
                }
                start = index + 1;
            }
        }
        return values;
    }

    private static List<Double> plausible(double[] values) {
        List<Double> kept = new ArrayList<>(values.length);
        for (double value : values) {
            if (plausible(value)) {
                kept.add(value);
            }
        }
        return kept;
    }

    private static boolean plausible(double celsius) {
        return celsius >= LOWEST_C && celsius <= HIGHEST_C && celsius != 0;
    }
}
