package io.minerops.core.device.internal.normalise;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Brings hardware addresses (IEEE 802, 48 bits) into the one form in which they are kept. */
public final class MacAddress {
    private static final int MAX_FORM = 17;
    private static final Pattern SEPARATORS = Pattern.compile("[:.-]");
    private static final Pattern SIX_BYTES = Pattern.compile("[0-9a-f]{12}");

    /** What stands where a firmware does not know its address. */
    private static final Set<String> NONE = Set.of("000000000000", "ffffffffffff");

    private MacAddress() {}

    /** The address in lower case with colons; null where the text is none. */
    public static @Nullable String parse(@Nullable String text) {
        String stripped = text == null ? "" : text.strip();
        if (stripped.length() > MAX_FORM) {
            return null;
        }
        String digits = SEPARATORS.matcher(stripped.toLowerCase(Locale.ROOT)).replaceAll("");
        if (!SIX_BYTES.matcher(digits).matches() || NONE.contains(digits)) {
            return null;
        }
        StringBuilder address = new StringBuilder(MAX_FORM);
        for (int index = 0; index < digits.length(); index += 2) {
            address.append(index == 0 ? "" : ":").append(digits, index, index + 2);
        }
        return address.toString();
    }
}
