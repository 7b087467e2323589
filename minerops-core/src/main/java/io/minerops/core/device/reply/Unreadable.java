package io.minerops.core.device.reply;

import io.minerops.core.device.internal.wire.DeviceNumber;
import io.minerops.core.device.internal.wire.DeviceText;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The values of one device that look like numbers and are none, such as {@code 0x10} for a rate: they are absent, and
 * reported. Not thread-safe.
 */
public final class Unreadable {
    private static final int MAX_REPORTED = 16;

    /** It begins like a number and has a letter; lists, times and addresses under a key that was tried are left alone. */
    private static final Pattern LIKE_A_NUMBER = Pattern.compile("\\s*[+-]?\\.?[0-9].*[A-Za-z].*", Pattern.DOTALL);

    private final Set<String> found = new LinkedHashSet<>(0);

    /** The number that the text is, NaN and remembered where it only looks like one. */
    public double number(String key, String text) {
        double value = DeviceNumber.parse(text);
        if (Double.isNaN(value)
                && found.size() < MAX_REPORTED
                && LIKE_A_NUMBER.matcher(text).matches()) {
            found.add(DeviceText.quote(key) + " is not a number: " + DeviceText.quote(text));
        }
        return value;
    }

    /** One sentence each; empty where everything was read. */
    public List<String> found() {
        return List.copyOf(found);
    }
}
