package io.minerops.testkit.fleet;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import io.minerops.api.miner.WorkState;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What can be wrong with a simulated miner, or make it stop on purpose. */
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
    /** Connections to its address are refused. */
    GONE(true, true),
    /** It accepts connections and never answers. */
    SILENT(true, true),
    /** It draws 1.6 times its usual power; seen only where the model {@linkplain Model#measuresPower() measures} it. */
    OVER_POWER,
    /** It answers with bytes that are no text at all. */
    GARBAGE(true),
    /** It sends the first half of its reply and closes the connection. */
    HALF_REPLY(true),
    /** It sends its reply one byte at a time, ten in a second. */
    SLOW_DRIP(true),
    /** Its reply has no end. */
    ENDLESS(true),
    /** Its reply is an object in an object, ten thousand deep. */
    DEEP_NESTING(true),
    /** It resets the connection instead of answering. */
    RESET(true),
    /** A web server that is no miner's answers at its address. */
    HTTP_SERVER(true),
    /** A TLS server answers at its address: with an alert. */
    TLS_SERVER(true),
    /** It sends its reply twice, one right after the other. */
    TWO_REPLIES(true),
    /** Another hash board is in its second slot. Like the next three it shows in what the miner reports of itself. */
    SWAPPED_BOARD(false, false),
    /** It works for the pool of a thief. */
    HIJACKED_POOL(false, false),
    /** It runs an older firmware. */
    OLD_FIRMWARE(false, false),
    /** It reports a fault; seen only where the model {@linkplain Model#reportsFaults() reports any}. */
    FAULT(false, false),
    /** A command or a schedule paused it: it hashes nothing and says so, where its {@linkplain Model#reports model} can. */
    PAUSED(WorkState.PAUSED),
    /** It sleeps: its boards are off and it says so, where its model can. */
    ASLEEP(WorkState.ASLEEP),
    /** It looks for its best frequencies at 85 % of its usual rate and says so, where its model can. */
    TUNING(WorkState.TUNING),
    /** It claims 10 % more hashrate than its shares are worth. */
    OVERCLAIM(false, false),
    /** Its second hash board has no chip that works, no rate and no temperature. */
    DEAD_BOARD(false, false);

    private final boolean ofWire;
    private final boolean everyday;
    private final WorkState state;

    Trouble() {
        this(false, true);
    }

    Trouble(boolean ofWire) {
        this(ofWire, !ofWire);
    }

    Trouble(boolean ofWire, boolean everyday) {
        this.ofWire = ofWire;
        this.everyday = everyday;
        this.state = WorkState.UNKNOWN;
    }

    Trouble(WorkState state) {
        this.ofWire = false;
        this.everyday = false;
        this.state = state;
    }

    /** The state of work that the miner reports because of it; {@link WorkState#UNKNOWN} where it reports none. */
    public WorkState state() {
        return state;
    }

    /** Whether it is in what comes over the wire, whatever the miner would say, and so can befall any miner. */
    public boolean isOfWire() {
        return ofWire;
    }

    /** What befalls miners day by day, in the demo too: neither theft and the like nor what is hostile to its reader. */
    public static List<Trouble> everyday() {
        return Arrays.stream(values())
                .filter(trouble -> trouble != NONE && trouble.everyday)
                .toList();
    }

    /** Every kind that can befall any miner, those that replay a recorded device too. */
    public static List<Trouble> ofWire() {
        return Arrays.stream(values()).filter(trouble -> trouble.ofWire).toList();
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
