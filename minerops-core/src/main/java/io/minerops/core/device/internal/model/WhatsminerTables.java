package io.minerops.core.device.internal.model;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is known of Whatsminers by the name of their model. */
final class WhatsminerTables {
    private static final Pattern TWO_BOARDS = Pattern.compile("M30S\\+\\+ VK30");
    private static final Pattern FOUR_BOARDS =
            Pattern.compile("(?:M30[KL]|M31L|M52S|M3[346]S|M5[3469]S?|M6[345]S?|M66|M69|M73S?)\\+{0,2}(?: V.*)?"
                    + "|M50 VE30|M30S\\+\\+ V[12]0|M31H V40|M60S\\+ VK[45]0");
    private static final Pattern EIGHT_BOARDS = Pattern.compile("(?:M69S\\+\\+|M79S)(?: V.*)?");
    private static final Pattern THREE_BOARDS =
            Pattern.compile("(?:M[2-7][01](?:S|P|SE|H)?|M29|M32S?|M33|M39|M62S|M67S|M7[268]S?)\\+{0,2}(?: V.*)?");

    /** Of the M66S, variants have three boards or four. */
    private static final Pattern M66S = Pattern.compile("M66S\\+{0,2} V.*");

    private static final Set<String> M66S_WITH_THREE_BOARDS =
            Set.of("M66S VK20", "M66S VK30", "M66S+ VK30", "M66S++ VL20", "M66S++ VL40");

    /** A series without its kind of cooling: M33S+ and M36S+ have the boards' efficiency of the M30S+. */
    private static final Pattern OF_GENERATION = Pattern.compile("(M[3-7])\\d(S?\\+{0,2})");

    /**
     * Nominal efficiency at the wall, J/TH, as MicroBT's product sheets state it for the usual variant of each series;
     * variants differ by a tenth. No sheet is known of the M20P, M20S+, M21S+, M29, M30, M30K, M30L, M31, M31H, M31L,
     * M31SE and M39: they have the figure of their generation.
     */
    private static final Map<String, Double> JOULES_PER_TH = Map.ofEntries(
            Map.entry("M3", 174.0),
            Map.entry("M10", 65.0),
            Map.entry("M10S", 64.0),
            Map.entry("M20", 48.0),
            Map.entry("M20P", 48.0),
            Map.entry("M20S", 48.0),
            Map.entry("M20S+", 48.0),
            Map.entry("M21", 60.0),
            Map.entry("M21S", 60.0),
            Map.entry("M21S+", 60.0),
            Map.entry("M29", 48.0),
            Map.entry("M30", 38.0),
            Map.entry("M30K", 38.0),
            Map.entry("M30L", 38.0),
            Map.entry("M30S", 38.0),
            Map.entry("M30S+", 34.0),
            Map.entry("M30S++", 31.0),
            Map.entry("M31", 46.0),
            Map.entry("M31H", 46.0),
            Map.entry("M31L", 46.0),
            Map.entry("M31S", 46.0),
            Map.entry("M31SE", 46.0),
            Map.entry("M31S+", 42.0),
            Map.entry("M32", 50.0),
            Map.entry("M32S", 50.0),
            Map.entry("M39", 46.0),
            Map.entry("M50", 29.0),
            Map.entry("M50S", 26.0),
            Map.entry("M50S+", 24.0),
            Map.entry("M50S++", 22.0),
            Map.entry("M60", 19.9),
            Map.entry("M60S", 18.5),
            Map.entry("M60S+", 17.0),
            Map.entry("M60S++", 15.5),
            Map.entry("M70", 14.5),
            Map.entry("M70S", 13.5),
            Map.entry("M70S+", 12.5));

    private WhatsminerTables() {}

    /** How many hash boards a model has; NaN where it comes with different numbers of them, or is not known. */
    static double boards(WhatsminerModel model) {
        String name = model.name();
        if (TWO_BOARDS.matcher(name).matches()) {
            return 2;
        } else if (EIGHT_BOARDS.matcher(name).matches()) {
            return 8;
        } else if (FOUR_BOARDS.matcher(name).matches()) {
            return 4;
        } else if (M66S.matcher(name).matches()) {
            return M66S_WITH_THREE_BOARDS.contains(name) ? 3 : 4;
        }
        return THREE_BOARDS.matcher(name).matches() ? 3 : Double.NaN;
    }

    /** Nominal efficiency of a series, J/TH; NaN where it is not known. */
    static double joulesPerTh(String series) {
        Double known = JOULES_PER_TH.get(series);
        Matcher generation = OF_GENERATION.matcher(series);
        if (known == null && generation.matches()) {
            known = JOULES_PER_TH.get(generation.group(1) + "0" + generation.group(2));
        }
        return known == null ? Double.NaN : known;
    }
}
