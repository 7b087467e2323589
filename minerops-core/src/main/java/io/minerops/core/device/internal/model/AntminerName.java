package io.minerops.core.device.internal.model;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds an Antminer's model name in what its firmware writes: {@code S19JPRO}, {@code S19K PRO} and {@code Antminer S19j
 * Pro (Vnish 1.2.7)} are written in many ways, and each model has one name. What is no part of a model's name, such as
 * the firmware, the rate or the kind of board, is left out.
 */
final class AntminerName {
    /** What may follow the number, whether or not something separates it. */
    private static final String WORD = "pro|xp|plus|hydro|hyd|immersion|imm|se|air|dual";
    /** Kinds of board that are sold under one name: without a PIC controller, or with 88 chips. */
    private static final String KIND_OF_BOARD = "no\\s*pic|x?88";

    private static final String END = "(?=$|[^a-z]|" + WORD + "|" + KIND_OF_BOARD + ")";

    private static final Pattern MAKER =
            Pattern.compile("^(?:bitmain[\\s_-]+)?(?:antminer[\\s_-]*)?", Pattern.CASE_INSENSITIVE);
    /** A series and its number, perhaps a letter of its variant or two that are not known, and then words. */
    private static final Pattern NAME = Pattern.compile(
            "^([a-z]{1,2})(\\d{1,2})(?!\\d)((?:[ijkael]" + END + "|(?!(?:" + WORD + "|" + KIND_OF_BOARD + ")" + END
                    + ")[a-z]{1,2}(?![a-z]))?)"
                    + "(\\+{0,2})((?:[\\s_-]*(?:(?:" + WORD + ")" + END + "\\.?\\+{0,2}|(?:" + KIND_OF_BOARD + ")"
                    + END + "))*)",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern WORDS = Pattern.compile("(" + WORD + ")\\.?(\\+{0,2})", Pattern.CASE_INSENSITIVE);

    private static final Map<String, String> SPELLINGS = Map.ofEntries(
            Map.entry("pro", " Pro"),
            Map.entry("xp", " XP"),
            Map.entry("plus", "+"),
            Map.entry("hydro", " Hyd"),
            Map.entry("hyd", " Hyd"),
            Map.entry("immersion", " Imm"),
            Map.entry("imm", " Imm"),
            Map.entry("se", " SE"),
            Map.entry("air", " Air"),
            Map.entry("dual", " Dual"));

    private AntminerName() {}

    /** The name, without the maker's, such as {@code S19j Pro}; null where the text names none. */
    static @Nullable String find(String text) {
        String type = MAKER.matcher(text).replaceFirst("");
        String ofBoards = AntminerBoards.model(type);
        Matcher matcher = NAME.matcher(type);
        if (ofBoards != null || !matcher.find()) {
            return ofBoards;
        }
        StringBuilder name = new StringBuilder(matcher.group(1).toUpperCase(Locale.ROOT))
                .append(matcher.group(2))
                .append(variant(matcher.group(3)))
                .append(matcher.group(4));
        for (Matcher word = WORDS.matcher(matcher.group(5)); word.find(); ) {
            name.append(SPELLINGS.get(word.group(1).toLowerCase(Locale.ROOT))).append(word.group(2));
        }
        return name.toString();
    }

    /** Variants have small letters, S19k and S21e, but for the S19L. */
    private static String variant(String letters) {
        boolean known = letters.length() == 1 && "ijkae".contains(letters.toLowerCase(Locale.ROOT));
        return known ? letters.toLowerCase(Locale.ROOT) : letters.equals("l") ? "L" : letters;
    }
}
