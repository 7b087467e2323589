package io.minerops.core.device.internal.vendor;

import io.minerops.core.device.internal.wire.DeviceNumber;
import io.minerops.core.device.reply.Unreadable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an Avalon packs into one text: {@code Ver[1246-83-21010101] Elapsed[24684] PS[0 1200 1300 240 3120]}. */
public final class BracketedText {
    private static final int MAX_ENTRIES = 2_048;
    private static final int MAX_NUMBERS = 1_024;

    private final Map<String, List<String>> values = new LinkedHashMap<>();

    private final Unreadable unreadable;

    private BracketedText(Unreadable unreadable) {
        this.unreadable = unreadable;
    }

    /** Reads a text whose unreadable values are not reported. */
    public static BracketedText of(String text) {
        return of(text, new Unreadable());
    }

    /** Reads a text in one walk; any text at all may be given. What has no closing bracket is left out. */
    public static BracketedText of(String text, Unreadable unreadable) {
        BracketedText read = new BracketedText(unreadable);
        int entries = 0;
        int from = 0;
        for (int open = text.indexOf('['); open >= 0 && entries < MAX_ENTRIES; open = text.indexOf('[', from)) {
            int close = text.indexOf(']', open);
            if (close < 0) {
                return read;
            }
            int start = open;
            while (start > from && isName(text.charAt(start - 1))) {
                start--;
            }
            read.values
                    .computeIfAbsent(text.substring(start, open), name -> new ArrayList<>(1))
                    .add(text.substring(open + 1, close));
            entries++;
            from = close + 1;
        }
        return read;
    }

    private static boolean isName(char next) {
        return Character.isLetterOrDigit(next) || next == '_';
    }

    /** The first text under the key; null where there is none. Never to be shown or kept as it is. */
    @Nullable
    String text(String key) {
        List<String> texts = values.get(key);
        return texts == null ? null : texts.get(0);
    }

    /** The number with which the text under the key begins; NaN where there is none. */
    public double number(String key) {
        String text = text(key);
        return text == null ? Double.NaN : unreadable.number(key, text);
    }

    /** The numbers under the key, parted by blanks; NaN for what is none, empty where there is no such key. */
    double[] numbers(String key) {
        String text = text(key);
        return text == null ? new double[0] : split(text);
    }

    /** The numbers under each key that is the prefix and a number, every time that it occurs. */
    List<double[]> numbered(String prefix) {
        return values.entrySet().stream()
                .filter(entry -> isNumbered(entry.getKey(), prefix))
                .flatMap(entry -> entry.getValue().stream())
                .map(BracketedText::split)
                .toList();
    }

    private static boolean isNumbered(String key, String prefix) {
        return key.startsWith(prefix)
                && key.length() > prefix.length()
                && key.chars().skip(prefix.length()).allMatch(Character::isDigit);
    }

    private static double[] split(String text) {
        return text.strip().isEmpty()
                ? new double[0]
                : Arrays.stream(text.strip().split("\\s+", MAX_NUMBERS + 1))
                        .limit(MAX_NUMBERS)
                        .mapToDouble(DeviceNumber::parse)
                        .toArray();
    }
}
