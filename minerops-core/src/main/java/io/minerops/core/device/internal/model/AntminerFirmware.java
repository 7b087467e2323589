package io.minerops.core.device.internal.model;

import io.minerops.core.device.internal.wire.DeviceText;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the firmware that an Antminer names beside its model, as in {@code Antminer S21 (SPOS)}. */
public final class AntminerFirmware {
    /** A word and perhaps a version. A rate such as {@code (95T)} or a bare version is no name. */
    private static final Pattern IN_BRACKETS = Pattern.compile("\\((\\d?[A-Za-z]{3}[^()]{0,60})\\)");

    private static final Pattern PART_OF_MODEL =
            Pattern.compile("(?:no\\s*pic|hyd|imm|air|pro|plus|dual|antminer)[\\w.]*", Pattern.CASE_INSENSITIVE);
    private static final Pattern BITFUFU = Pattern.compile("\\sEX\\s*$");

    private AntminerFirmware() {}

    /** The firmware as people know it, cleaned; null where the type names none. */
    public static @Nullable String find(String type) {
        Matcher brackets = IN_BRACKETS.matcher(type);
        while (brackets.find()) {
            String named = brackets.group(1).strip();
            if (!PART_OF_MODEL.matcher(named).matches()) {
                return DeviceText.clean(known(named));
            }
        }
        return BITFUFU.matcher(type).find() ? "BitFuFu EX" : null;
    }

    private static String known(String named) {
        String lower = named.toLowerCase(Locale.ROOT);
        if (lower.startsWith("spos")) {
            return "SpiderOS" + named.substring("spos".length());
        }
        return lower.startsWith("7miners") ? named + " (VNish)" : named;
    }
}
