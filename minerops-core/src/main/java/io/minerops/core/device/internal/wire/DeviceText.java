package io.minerops.core.device.internal.wire;

import org.jspecify.annotations.Nullable;

/** Makes text that a device sent safe to keep and to show: short, and without characters that steer a terminal. */
public final class DeviceText {
    /** The longest text that is kept, characters. */
    public static final int MAX_CHARACTERS = 256;

    private DeviceText() {}

    /** The text on one line, cut and stripped; null where nothing is left of it. */
    public static @Nullable String clean(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String line = printable(text).strip();
        return line.isEmpty() ? null : line;
    }

    /** The text as a message repeats it: quoted, cleaned and short. */
    public static String quote(String text) {
        String line = printable(text).strip();
        return '"' + (line.length() <= 60 ? line : line.substring(0, 60) + "…") + '"';
    }

    /** The text on one line, whole: for people who look at all that a device says. */
    public static String oneLine(String text) {
        return printable(text, Integer.MAX_VALUE).stripTrailing();
    }

    private static String printable(String text) {
        return printable(text, MAX_CHARACTERS);
    }

    private static String printable(String text, int most) {
        if (text.length() <= most && plain(text)) {
            return text;
        }
        StringBuilder kept = new StringBuilder(Math.min(text.length(), MAX_CHARACTERS));
        int index = 0;
        while (index < text.length()) {
            int point = text.codePointAt(index);
            index += Character.charCount(point);
            int shown = steers(point) ? ' ' : point;
            if (kept.length() + Character.charCount(shown) > most) {
                break;
            }
            kept.appendCodePoint(shown);
        }
        return kept.toString();
    }

    /** Whether it is of ASCII's printable characters alone, as nearly all is that devices send. */
    private static boolean plain(String text) {
        for (int index = 0; index < text.length(); index++) {
            char next = text.charAt(index);
            if (next < ' ' || next > '~') {
                return false;
            }
        }
        return true;
    }

    private static boolean steers(int point) {
        int type = Character.getType(point);
        return Character.isISOControl(point)
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
