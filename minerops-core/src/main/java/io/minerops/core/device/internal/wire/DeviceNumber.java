package io.minerops.core.device.internal.wire;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads numbers that devices send as text. */
public final class DeviceNumber {
    private static final int MAX_NUMBER_TEXT = 64;

    /**
     * A number, with thousands parted by commas, and then nothing, or a unit in which the fields are already, or a remark
     * in brackets. Anything else, such as the rest of {@code 0x10} or a unit of another scale, makes it no number.
     */
    private static final Pattern NUMBER = Pattern.compile(
            "([+-]?(?:\\d{1,3}(?:,\\d{3})+|\\d+)(?:\\.\\d*)?(?:[eE][+-]?\\d+)?)\\s*"
                    + "(?:%|°?C|℃|W|watts?|V|A|rpm|r/min|s|secs?|seconds?|M?Hz)?\\s*(?:\\([^()]*\\))?",
            Pattern.CASE_INSENSITIVE);

    private DeviceNumber() {}

    /** The number that a text begins with, NaN where it is blank, {@code nan}, {@code inf} or something else. */
    public static double parse(String text) {
        if (text.length() > MAX_NUMBER_TEXT) {
            return Double.NaN;
        }
        if (isDecimal(text)) {
            return Double.parseDouble(text);
        }
        String stripped = text.strip();
        Matcher matcher = NUMBER.matcher(stripped);
        if (stripped.isEmpty() || !matcher.matches()) {
            return Double.NaN;
        }
        double number = Double.parseDouble(matcher.group(1).replace(",", ""));
        return Double.isInfinite(number) ? Double.NaN : number;
    }

    /** Whether it is digits, perhaps with a point among them, as nearly all numbers are: then no pattern is needed. */
    private static boolean isDecimal(String text) {
        boolean point = false;
        for (int index = 0; index < text.length(); index++) {
            char next = text.charAt(index);
            if (next == '.' && !point && index > 0) {
                point = true;
            } else if (next < '0' || next > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
