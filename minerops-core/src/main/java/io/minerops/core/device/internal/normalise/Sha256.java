package io.minerops.core.device.internal.normalise;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is known to compute SHA-256. A rate counts only of such devices: any other may be of an algorithm of which a
 * TH/s is worth something else.
 */
public final class Sha256 {
    /** What is reported of a device that gives a rate, and of which nothing says what it computes. */
    public static final String UNKNOWN_ALGORITHM = "hashrate_ths is left out: the algorithm of this device is unknown";

    private static final Set<String> COINS = Set.of("btc", "bch", "bsv", "xec", "bitcoin", "sha256", "sha256d");

    /** Machines, and the drivers and chips of machines, that compute nothing else. */
    private static final Pattern ACCEPTED = Pattern.compile(
            String.join(
                    "|",
                    "\\bsha-?_?256d?\\b",
                    "\\b(?:antminer|bitmain)[\\s_-]*[strvu]\\d",
                    "^[st]\\d{1,2}(?!\\d)",
                    "\\b(?:BHB|HHB|A3HB)\\d",
                    "\\bBM13\\d\\d",
                    "whatsminer",
                    "\\bm[2-7]\\d[a-z]{0,2}\\+{0,2}[\\s_-]*v[0-9a-z]{1,4}\\b",
                    "avalon",
                    "\\bbitaxe|nerd\\w*axe|nerdminer|luckyminer",
                    "\\bebit\\b|\\bebang\\b|\\bebit[\\s_-]?e\\d",
                    "miner-?va|\\bmv\\d\\b|\\bc12\\d?\\b",
                    "honor[\\s_-]?knight|\\bit1\\d?\\b",
                    "innominer[\\s_-]*t[1-3]",
                    "hornbill",
                    "dragonmint[\\s_-]*t1\\b",
                    "teraflux",
                    "sealminer[\\s_-]*a\\d",
                    "\\bbraiins\\b|\\bBMM[\\s_-]?1",
                    "gekko|compac\\b|\\bnewpac\\b|futurebit apollo btc",
                    "\\b(?:ICA|BFL|AMU|BES|BTB|ZUS|KnC|HFA|MBA|AV[2-9]|AVA)\\d?\\b",
                    "bitfury|\\btardis\\b"),
            Pattern.CASE_INSENSITIVE);

    /** What computes something else although its name has a part of those above, or shares a maker with them. */
    private static final Pattern REFUSED = Pattern.compile(
            "scrypt|equihash|ethash|x11|blake|kadena|kheavy|eaglesong|ibelink|\\bBM-[A-Z]|hammer|zmaster|\\ba9\\b"
                    + "|stu-?u\\d|volcminer|elphapex|goldshell|iceriver|jasminer|\\bdash|litecoin|doge",
            Pattern.CASE_INSENSITIVE);

    private Sha256() {}

    /** Whether a coin, as a firmware abbreviates it, is mined by SHA-256. */
    public static boolean mines(String coin) {
        return COINS.contains(coin.toLowerCase(Locale.ROOT));
    }

    /** Whether a text of the device, such as its type or the name of its chips, is one of what computes SHA-256. */
    public static boolean isNamed(@Nullable String... texts) {
        return !isRefused(texts)
                && Stream.of(texts)
                        .anyMatch(text -> text != null && ACCEPTED.matcher(text).find());
    }

    /** Whether a text of the device is one of what computes something else. */
    public static boolean isRefused(@Nullable String... texts) {
        return Stream.of(texts)
                .anyMatch(text -> text != null && REFUSED.matcher(text).find());
    }
}
