package io.minerops.core.cgminer;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a device may be asked. Everything here only reads: what is not here cannot be sent, so that no family, ours or
 * another's, can change a device.
 */
public enum Command {
    // the CGMiner API
    VERSION(false),
    SUMMARY(true),
    STATS(true),
    POOLS(false),
    DEVS(false),
    EDEVS(false),
    DEVDETAILS(false),
    TEMPS(false),
    FANS(false),
    TUNERSTATUS(false),
    POWER(false),
    ESTATS(true),
    LITESTATS(true),
    /** Whatsminer: whether it works at all. */
    STATUS(true, "Msg"),
    GET_VERSION(false, "Msg"),
    GET_MINER_INFO(false, "Msg"),
    GET_PSU(false, "Msg"),

    // Whatsminer's third API
    WHATSMINER_INFO(Door.WHATSMINER, "get.device.info", null, false, "msg"),
    WHATSMINER_SUMMARY(Door.WHATSMINER, "get.miner.status", "summary", true, "msg", "summary"),
    WHATSMINER_BOARDS(Door.WHATSMINER, "get.miner.status", "edevs", false, "msg", "edevs"),
    WHATSMINER_POOLS(Door.WHATSMINER, "get.miner.status", "pools", false, "msg", "pools"),

    // web servers
    /** AxeOS and its relatives: Bitaxe, NerdAxe. */
    AXEOS_INFO(Door.WEB, "/api/system/info", true),
    EPIC_SUMMARY(Door.WEB, "/summary", true),
    EPIC_CAPABILITIES(Door.WEB, "/capabilities", false),
    EPIC_NETWORK(Door.WEB, "/network", false),
    PROTO_SYSTEM(Door.WEB, "/api/v1/system", false),
    PROTO_MINING(Door.WEB, "/api/v1/mining", true),
    PROTO_COOLING(Door.WEB, "/api/v1/cooling", false),
    PROTO_HARDWARE(Door.WEB, "/api/v1/hardware", false),
    PROTO_POOLS(Door.WEB, "/api/v1/pools", false),
    PROTO_NETWORK(Door.WEB, "/api/v1/network", false);

    /** What every device is asked before anything is known of it. */
    static final List<Command> BASIC = List.of(VERSION, SUMMARY, STATS, POOLS);

    /** What a device is asked last that speaks CGMiner and has answered nothing else. */
    static final List<Command> LAST_RESORT = List.of(STATUS, WHATSMINER_INFO);

    /** What is asked where the CGMiner port is shut. */
    static final List<Command> AT_OTHER_DOORS = List.of(AXEOS_INFO, PROTO_SYSTEM, WHATSMINER_INFO);

    /** What is asked where a web server answers on the CGMiner port. */
    static final List<Command> OF_WEB_SERVER = List.of(EPIC_SUMMARY, AXEOS_INFO, PROTO_SYSTEM);

    private final Door door;
    private final String verb;
    private final String parameter;
    private final boolean measures;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> section;

    Command(boolean measures, String... section) {
        this.door = Door.CGMINER;
        this.verb = name().toLowerCase(Locale.ROOT);
        this.parameter = "";
        this.measures = measures;
        this.section = section.length == 0 ? List.of(sectionOf(name())) : List.of(section);
    }

    Command(Door door, String path, boolean measures) {
        this(door, path, "", measures);
    }

    Command(Door door, String verb, @Nullable String parameter, boolean measures, String... section) {
        this.door = door;
        this.verb = verb;
        this.parameter = parameter == null ? "" : parameter;
        this.measures = measures;
        this.section = List.of(section);
    }

    /** What it is called on the wire, such as {@code summary} or {@code /api/system/info}. */
    public String wireName() {
        return parameter.isEmpty() ? verb : verb + " " + parameter;
    }

    /** Where it is asked. */
    public Door door() {
        return door;
    }

    /** The command or path, without its parameter. */
    String verb() {
        return verb;
    }

    /** Its parameter; empty where it has none. */
    String parameter() {
        return parameter;
    }

    /** Whether its reply alone makes a reading. */
    boolean measures() {
        return measures;
    }

    /** The keys that lead from the root of a reply to its data; none where the root is the data. */
    List<String> section() {
        return section;
    }

    private static String sectionOf(String name) {
        return switch (name) {
            case "EDEVS" -> "DEVS";
            case "ESTATS", "LITESTATS" -> "STATS";
            default -> name;
        };
    }
}
