package io.minerops.core.device.internal.model;

import io.minerops.core.device.internal.wire.DeviceText;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a Whatsminer, and what follows from it.
 *
 * @param series such as {@code M30S++}
 * @param variant the version of its boards, such as {@code VH50}; empty where unknown
 */
public record WhatsminerModel(String series, String variant) {
    private static final Pattern NAME = Pattern.compile(
            "^(?:Whatsminer[\\s_]*)?(M\\d{1,2}[A-UW-Z]{0,2}\\+{0,2})[\\s_-]*(V[0-9A-Z]{0,8})?(?![0-9A-Z]).*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern LIQUID = Pattern.compile("(?:M\\d[3-9]|M[67]2).*");
    /** The model as the device names it, such as {@code M60S_VK40} or {@code M20SV10}; null where they name none. */
    public static @Nullable WhatsminerModel parse(@Nullable String words) {
        String line = DeviceText.clean(words);
        if (line == null) {
            return null;
        }
        Matcher matcher = NAME.matcher(line);
        if (!matcher.matches()) {
            return null;
        }
        String variant = matcher.group(2) == null ? "" : matcher.group(2).toUpperCase(Locale.ROOT);
        return new WhatsminerModel(matcher.group(1).toUpperCase(Locale.ROOT), variant);
    }

    /** Series and variant, such as {@code M60S VK40}. */
    public String name() {
        return variant.isEmpty() ? series : series + " " + variant;
    }

    /** Whether water or oil cools it: the last digit of its series is 3 or more. */
    public boolean liquidCooled() {
        return LIQUID.matcher(series).matches();
    }

    /** How many hash boards it has; NaN for a model that comes with different numbers of them, or is not known. */
    public double boards() {
        return WhatsminerTables.boards(this);
    }

    /** Nominal efficiency, J/TH; NaN for a model that is not in the table. */
    public double joulesPerTh() {
        return WhatsminerTables.joulesPerTh(series);
    }
}
