package io.minerops.core.cgminer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of an Antminer, and what follows from it.
 *
 * @param name such as {@code Antminer S19 Pro}
 * @param sha256 whether it computes SHA-256: the series S, T, R, V and U do; L, D, E, K, Z and the others do not
 * @param liquidCooled whether a liquid cools it, so that it has no fans although its firmware may name some
 * @param boards how many hash boards it has; NaN for a model that comes with different numbers of them, or is not known
 * @param joulesPerTh nominal efficiency, J/TH; NaN for a model that is not in the table
 */
record AntminerModel(String name, boolean sha256, boolean liquidCooled, double boards, double joulesPerTh) {
    /** The words of the devices of one fleet are few and come with every poll, and to take them apart costs the most. */
    private static final Cache<String, Optional<AntminerModel>> BY_TYPE =
            Caffeine.newBuilder().maximumSize(1_024).executor(Runnable::run).build();

    private static final String PREFIX = "Antminer ";
    private static final Pattern MAKER =
            Pattern.compile("^(?:Bitmain\\s+)?(?:Antminer\\s+)?", Pattern.CASE_INSENSITIVE);
    /** A series and number, perhaps with letters, then words such as Pro or XP; what comes after is the firmware's. */
    private static final Pattern SERIES = Pattern.compile(
            "^([A-Z]{1,2}\\d{1,2}[A-Za-z]{0,2}\\+?)((?:\\s*(?:Pro|XP|Plus|Hydro|Hyd|SE|Air|Imm|Dual)\\b\\.?\\+?)*)",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern SHA256 = Pattern.compile("^Antminer [STRVU]\\d.*");
    private static final Pattern LIQUID = Pattern.compile("\\b(?:Hyd|Hydro|Imm)\\b", Pattern.CASE_INSENSITIVE);

    /** The air-cooled models of which every variant has three boards. */
    private static final Pattern THREE_BOARDS =
            Pattern.compile("Antminer (?:S7|S9|S11|S15|T15|S17|T17|S19|T19|S21|T21)(?!\\d).*");

    /** Nominal efficiency at the wall, J/TH, as the maker states it for the usual variant of each model. */
    private static final Map<String, Double> JOULES_PER_TH = Map.ofEntries(
            Map.entry("s7", 250.0),
            Map.entry("s9", 98.0),
            Map.entry("s9i", 94.0),
            Map.entry("s9j", 93.0),
            Map.entry("s9k", 85.0),
            Map.entry("s9 se", 80.0),
            Map.entry("s11", 75.0),
            Map.entry("s15", 57.0),
            Map.entry("t15", 67.0),
            Map.entry("s17", 45.0),
            Map.entry("s17 pro", 39.5),
            Map.entry("s17+", 40.0),
            Map.entry("s17e", 45.0),
            Map.entry("t17", 55.0),
            Map.entry("t17+", 50.0),
            Map.entry("t17e", 55.0),
            Map.entry("s19", 34.5),
            Map.entry("s19 pro", 29.5),
            Map.entry("s19 pro+", 27.5),
            Map.entry("s19 pro+ hyd", 27.5),
            Map.entry("s19i", 34.5),
            Map.entry("s19a", 34.5),
            Map.entry("s19a pro", 29.5),
            Map.entry("s19j", 34.5),
            Map.entry("s19j pro", 30.5),
            Map.entry("s19j pro+", 27.5),
            Map.entry("s19j xp", 21.5),
            Map.entry("s19k pro", 23.0),
            Map.entry("s19 xp", 21.5),
            Map.entry("s19 xp hyd", 20.8),
            Map.entry("s19 hyd", 28.0),
            Map.entry("t19", 37.5),
            Map.entry("s21", 17.5),
            Map.entry("s21+", 16.5),
            Map.entry("s21 pro", 15.0),
            Map.entry("s21 xp", 13.5),
            Map.entry("s21 hyd", 16.0),
            Map.entry("s21+ hyd", 15.0),
            Map.entry("s21 xp hyd", 12.0),
            Map.entry("s21 xp+ hyd", 11.0),
            Map.entry("t21", 19.0),
            Map.entry("s23", 11.0),
            Map.entry("s23 hyd", 9.5));

    /** The model in a device's own words, such as {@code Antminer S21 Pro (Vnish 1.2.7)}; null where it names none. */
    static @Nullable AntminerModel parse(@Nullable String type) {
        String line = DeviceText.clean(type);
        return line == null ? null : BY_TYPE.get(line, AntminerModel::find).orElse(null);
    }

    private static Optional<AntminerModel> find(String line) {
        Matcher matcher = SERIES.matcher(MAKER.matcher(line).replaceFirst(""));
        if (!matcher.find()) {
            return Optional.empty();
        }
        String variant = matcher.group(2).strip().replaceAll("\\s+", " ");
        String name = PREFIX + upperSeries(matcher.group(1)) + (variant.isEmpty() ? "" : " " + variant);
        boolean liquidCooled = LIQUID.matcher(name).find();
        return Optional.of(new AntminerModel(
                name,
                SHA256.matcher(name).matches(),
                liquidCooled,
                THREE_BOARDS.matcher(name).matches() && !liquidCooled ? 3 : Double.NaN,
                nominal(name)));
    }

    private static double nominal(String name) {
        String key = name.substring(PREFIX.length())
                .toLowerCase(Locale.ROOT)
                .replace("hydro", "hyd")
                .replace("plus", "+")
                .replace(" +", "+")
                .replace(".", "");
        return JOULES_PER_TH.getOrDefault(key, Double.NaN);
    }

    /** The letters before the number in capitals, those after it as they came: S19k, not s19K. */
    private static String upperSeries(String series) {
        int digit = 0;
        while (!Character.isDigit(series.charAt(digit))) {
            digit++;
        }
        return series.substring(0, digit).toUpperCase(Locale.ROOT) + series.substring(digit);
    }
}
