package io.minerops.testkit.fleet;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What can be wrong with a simulated miner. */
public enum Trouble {
    /** Nothing: the miner is well. */
    NONE,
    /** Its chips are at 95 °C and a little more. */
    HOT,
    /** It hashes at 60 % of its usual rate. */
    SLOW,
    /** It runs, but hashes nothing: 0 TH/s. */
    ZERO,
    /** One of its fans stands still: 0 rpm. */
    DEAD_FAN,
    /** Nobody listens at its address: connections are refused. */
    GONE,
    /** It accepts connections and never answers. */
    SILENT,
    /** It draws 1.6 times its usual power; seen only where the model {@linkplain Model#measuresPower() measures} it. */
    OVER_POWER;

    /** Every kind of trouble, without {@link #NONE}. */
    public static List<Trouble> kinds() {
        return Arrays.stream(values()).filter(trouble -> trouble != NONE).toList();
    }

    /**
     * Reads a name such as {@code DEAD_FAN}, {@code dead_fan} or {@code dead-fan}.
     *
     * @throws InvalidArgumentException ({@code trouble}) if it is none, naming all that are
     */
    public static Trouble parse(String text) {
        String name = text.strip().replace('-', '_').toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(trouble -> trouble.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidArgumentException(
                        "trouble", "trouble must be one of " + names() + ", not " + Check.quote(text)));
    }

    private static String names() {
        return Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "));
    }
}
