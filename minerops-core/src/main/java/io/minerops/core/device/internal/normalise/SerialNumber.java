package io.minerops.core.device.internal.normalise;

import io.minerops.core.device.internal.wire.DeviceText;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells the maker's number of a device from what stands where there is none. */
public final class SerialNumber {
    private static final Pattern NUMBER = Pattern.compile("[0-9A-Za-z][0-9A-Za-z._:/-]{3,63}");
    private static final Pattern NONE = Pattern.compile("0+|f+|n/?a|none|null|unknown?", Pattern.CASE_INSENSITIVE);

    private SerialNumber() {}

    /** The number; null where the text is none, such as a row of zeros or {@code N/A}. */
    public static @Nullable String parse(@Nullable String text) {
        String line = DeviceText.clean(text);
        boolean given = line != null
                && NUMBER.matcher(line).matches()
                && !NONE.matcher(line).matches();
        return given ? line : null;
    }
}
