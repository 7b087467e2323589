package io.minerops.core.device.internal.normalise;

import io.minerops.core.device.reply.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The keys of what a device numbers from 1 on, such as {@code fan1} and {@code fan2}. Made once: readings are many. */
public final class Slots {
    /** No device is known to have more of anything. */
    public static final int MOST = 16;

    private final String[] keys;

    private Slots(String[] keys) {
        this.keys = keys;
    }

    /** The keys that begin so. */
    public static Slots named(String prefix) {
        return new Slots(IntStream.rangeClosed(1, MOST)
                .mapToObj(number -> prefix + number)
                .toArray(String[]::new));
    }

    /** The number of each slot, NaN where it has none. */
    public double[] numbers(Fields fields) {
        double[] numbers = new double[keys.length];
        for (int slot = 0; slot < keys.length; slot++) {
            numbers[slot] = fields.number(keys[slot]);
        }
        return numbers;
    }

    /** The texts as sent of those slots that have one. */
    public List<String> rawTexts(Fields fields) {
        List<String> texts = new ArrayList<>(4);
        for (String key : keys) {
            String text = fields.rawText(key);
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }
}
