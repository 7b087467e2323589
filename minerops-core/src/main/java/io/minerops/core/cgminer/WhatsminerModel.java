package io.minerops.core.cgminer;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a Whatsminer, and what follows from it.
 *
 * @param series such as {@code M30S++}
 * @param variant the version of its boards, such as {@code VH50}; empty where unknown
 */
record WhatsminerModel(String series, String variant) {
    private static final Pattern NAME = Pattern.compile(
            "^(?:Whatsminer[\\s_]*)?(M\\d{1,2}[A-UW-Z]{0,2}\\+{0,2})[\\s_-]*(V[0-9A-Z]{0,8})?(?![0-9A-Z]).*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern LIQUID = Pattern.compile("M\\d[3-9].*");
    private static final Pattern THREE_BOARDS = Pattern.compile("M[2-7][0-2]S?\\+{0,2}");

    /**
     * Nominal efficiency at the wall, J/TH, as MicroBT's product sheets state it for the usual variant of each series;
     * variants differ by a tenth.
     */
    private static final Map<String, Double> JOULES_PER_TH = Map.ofEntries(
            Map.entry("M10", 65.0),
            Map.entry("M10S", 64.0),
            Map.entry("M20", 48.0),
            Map.entry("M20S", 48.0),
            Map.entry("M21", 60.0),
            Map.entry("M21S", 60.0),
            Map.entry("M30S", 38.0),
            Map.entry("M30S+", 34.0),
            Map.entry("M30S++", 31.0),
            Map.entry("M31S", 46.0),
            Map.entry("M31S+", 42.0),
            Map.entry("M50", 29.0),
            Map.entry("M50S", 26.0),
            Map.entry("M50S+", 24.0),
            Map.entry("M50S++", 22.0),
            Map.entry("M53", 29.0),
            Map.entry("M53S", 26.0),
            Map.entry("M53S++", 22.0),
            Map.entry("M56", 29.0),
            Map.entry("M56S", 26.0),
            Map.entry("M56S++", 22.0),
            Map.entry("M60", 19.9),
            Map.entry("M60S", 18.5),
            Map.entry("M60S+", 17.0),
            Map.entry("M60S++", 15.5),
            Map.entry("M61", 19.9),
            Map.entry("M63", 19.9),
            Map.entry("M63S", 18.5),
            Map.entry("M63S+", 17.0),
            Map.entry("M63S++", 15.5),
            Map.entry("M66", 19.9),
            Map.entry("M66S", 18.5),
            Map.entry("M66S+", 17.0),
            Map.entry("M66S++", 15.5));

    /** The model in a device's own words, such as {@code M60S_VK40} or {@code M20SV10}; null where they name none. */
    static @Nullable WhatsminerModel parse(@Nullable String words) {
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
    String name() {
        return variant.isEmpty() ? series : series + " " + variant;
    }

    /** Whether water or oil cools it: the last digit of its series is 3 or more. */
    boolean liquidCooled() {
        return LIQUID.matcher(series).matches();
    }

    /** How many hash boards it has; NaN for a model that comes with different numbers of them, or is not known. */
    double boards() {
        return THREE_BOARDS.matcher(series).matches() ? 3 : Double.NaN;
    }

    /** Nominal efficiency, J/TH; NaN for a model that is not in the table. */
    double joulesPerTh() {
        return JOULES_PER_TH.getOrDefault(series, Double.NaN);
    }
}
