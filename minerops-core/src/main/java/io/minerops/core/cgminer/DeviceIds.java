package io.minerops.core.cgminer;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What tells one device from every other, as devices write it. */
final class DeviceIds {
    private static final Pattern MAC = Pattern.compile("[0-9a-f]{12}");
    private static final Pattern PAIRS = Pattern.compile("(..)(?!$)");
    private static final Pattern SERIAL = Pattern.compile("[0-9A-Za-z][0-9A-Za-z._:/-]{3,63}");
    private static final Pattern NOTHING = Pattern.compile("0+|f+|n/?a|none|null|unknown", Pattern.CASE_INSENSITIVE);

    private DeviceIds() {}

    /** A hardware address in lower case with colons; null where the text is none, or that of nobody. */
    static @Nullable String mac(@Nullable String text) {
        String digits = text == null || text.length() > 32
                ? ""
                : text.strip().toLowerCase(Locale.ROOT).replaceAll("[:-]", "");
        return MAC.matcher(digits).matches() && !NOTHING.matcher(digits).matches()
                ? PAIRS.matcher(digits).replaceAll("$1:")
                : null;
    }

    /** A serial number; null where the text is none, such as a row of zeros or {@code N/A}. */
    static @Nullable String serial(@Nullable String text) {
        String line = DeviceText.clean(text);
        return line != null
                        && SERIAL.matcher(line).matches()
                        && !NOTHING.matcher(line).matches()
                ? line
                : null;
    }
}
