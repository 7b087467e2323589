package io.minerops.core.device.reply;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The queries to devices. All of them only read: what is not here cannot be sent, so that no family, ours or
 * another's, can change a device.
 */
public enum Command {
    // the CGMiner API
    VERSION(false),
    SUMMARY(true),
    STATS(true),
    /** Antminer: the same with a list for each board, and whether anything is wrong. */
    STATS_NEW(Endpoint.CGMINER, "stats", "new_api", false, "STATS"),
    SUMMARY_NEW(Endpoint.CGMINER, "summary", "new_api", false, "SUMMARY"),
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
    GET_ERROR_CODE(false, "Msg"),
    CONFIG(false),
    /** Auradine: how many boards and chips there are. */
    ASCCOUNT(false, "ASCCount"),

    // Whatsminer's third API
    WHATSMINER_INFO(Endpoint.WHATSMINER, "get.device.info", null, true, "msg"),
    WHATSMINER_SUMMARY(Endpoint.WHATSMINER, "get.miner.status", "summary", true, "msg", "summary"),
    WHATSMINER_BOARDS(Endpoint.WHATSMINER, "get.miner.status", "edevs", false, "msg", "edevs"),
    WHATSMINER_POOLS(Endpoint.WHATSMINER, "get.miner.status", "pools", false, "msg", "pools"),

    // Auradine's second web server
    AURADINE_REPORT(Endpoint.AURADINE, "/ipreport", null, false, "IPReport"),
    AURADINE_POWER(Endpoint.AURADINE, "/psu", null, false, "PSU"),
    AURADINE_FANS(Endpoint.AURADINE, "/fan", null, false, "Fan"),
    AURADINE_TEMPERATURES(Endpoint.AURADINE, "/temperature", null, false, "Temperature"),

    // web servers
    /** AxeOS and its relatives: Bitaxe, NerdAxe. */
    AXEOS_INFO(Endpoint.WEB, "/api/system/info", true),
    EPIC_SUMMARY(Endpoint.WEB, "/summary", true),
    EPIC_CAPABILITIES(Endpoint.WEB, "/capabilities", false),
    EPIC_NETWORK(Endpoint.WEB, "/network", false),
    PROTO_SYSTEM(Endpoint.WEB, "/api/v1/system", null, false, "system-info"),
    PROTO_MINING(Endpoint.WEB, "/api/v1/mining", null, true, "mining-status"),
    PROTO_COOLING(Endpoint.WEB, "/api/v1/cooling", null, false, "cooling-status"),
    PROTO_HARDWARE(Endpoint.WEB, "/api/v1/hardware", null, false, "hardware-info"),
    PROTO_POOLS(Endpoint.WEB, "/api/v1/pools", null, false, "pools"),
    PROTO_NETWORK(Endpoint.WEB, "/api/v1/network", null, false, "network-info"),
    BRAIINS_DETAILS(Endpoint.WEB, "/api/v1/miner/details", false),
    BRAIINS_STATS(Endpoint.WEB, "/api/v1/miner/stats", true),
    BRAIINS_COOLING(Endpoint.WEB, "/api/v1/cooling/state", false),
    BRAIINS_BOARDS(Endpoint.WEB, "/api/v1/miner/hw/hashboards", null, false, "hashboards"),
    BRAIINS_POOLS(Endpoint.WEB, "/api/v1/pools", false),
    BRAIINS_ERRORS(Endpoint.WEB, "/api/v1/miner/errors", false),
    /** Braiins OS before it had these paths: a query in the body of a POST, which reads and nothing else. */
    BRAIINS_GRAPHQL(Endpoint.WEB, "/graphql", null, true, "data", "bosminer"),
    BRAIINS_GRAPHQL_ERRORS(Endpoint.WEB, "/graphql", "errors", false, "data", "bosminer"),

    /** VNish: whether it works, and why not. */
    VNISH_STATUS(Endpoint.WEB, "/api/v1/status", false),
    SDMINER_OVERVIEW(Endpoint.WEB, "/api/v1/overview", false),
    MARATHON_BRIEF(Endpoint.WEB, "/kaonsu/v1/brief", false),
    /** A device's first page, of which nothing is read but whether it wants a login. */
    WEB_ROOT(Endpoint.WEB, "/", false);

    /** The first query to an unknown device. */
    public static final List<Command> BASIC = List.of(VERSION, SUMMARY, STATS, POOLS);

    /** The last query to a CGMiner device that has answered nothing else. */
    public static final List<Command> LAST_RESORT = List.of(STATUS, WHATSMINER_INFO);

    /** Query to a device that identified itself without readings: whether it requires a login. */
    public static final List<Command> WHERE_NAMED = List.of(SDMINER_OVERVIEW, MARATHON_BRIEF, WEB_ROOT);

    /** Queries if the CGMiner port is closed. */
    public static final List<Command> AT_OTHER_ENDPOINTS =
            List.of(AXEOS_INFO, PROTO_SYSTEM, BRAIINS_DETAILS, WHATSMINER_INFO);

    /** Queries if a web server answers on the CGMiner port. */
    public static final List<Command> OF_WEB_SERVER = List.of(EPIC_SUMMARY, AXEOS_INFO, PROTO_SYSTEM);

    /** What a device of the family may well not know: that it is not answered is no gap. */
    private static final Set<Command> EXTRAS =
            Set.of(STATS_NEW, SUMMARY_NEW, GET_ERROR_CODE, BRAIINS_ERRORS, BRAIINS_GRAPHQL_ERRORS, VNISH_STATUS);

    private final Endpoint endpoint;
    private final String verb;
    private final String parameter;
    private final boolean measures;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> section;

    Command(boolean measures, String... section) {
        this.endpoint = Endpoint.CGMINER;
        this.verb = name().toLowerCase(Locale.ROOT);
        this.parameter = "";
        this.measures = measures;
        this.section = section.length == 0 ? List.of(sectionOf(name())) : List.of(section);
    }

    Command(Endpoint endpoint, String path, boolean measures) {
        this(endpoint, path, "", measures);
    }

    Command(Endpoint endpoint, String verb, @Nullable String parameter, boolean measures, String... section) {
        this.endpoint = endpoint;
        this.verb = verb;
        this.parameter = parameter == null ? "" : parameter;
        this.measures = measures;
        this.section = List.of(section);
    }

    /** What it is called on the wire, such as {@code summary} or {@code /api/system/info}. */
    public String wireName() {
        return parameter.isEmpty() ? verb : verb + " " + parameter;
    }

    /** Its endpoint. */
    public Endpoint endpoint() {
        return endpoint;
    }

    /** Whether it may go in one request with others: Whatsminer's own, whose data is in a message, may not. */
    public boolean joinable() {
        return endpoint == Endpoint.CGMINER && parameter.isEmpty() && !section.equals(List.of("Msg"));
    }

    /** The command or path, without its parameter. */
    String verb() {
        return verb;
    }

    /** Its parameter; empty where it has none. */
    String parameter() {
        return parameter;
    }

    /** What is sent to a web server by POST; empty for GET. */
    String body() {
        return switch (this) {
            case BRAIINS_GRAPHQL -> BraiinsQueries.DEVICE;
            case BRAIINS_GRAPHQL_ERRORS -> BraiinsQueries.ERRORS;
            default -> "";
        };
    }

    /** Whether its reply alone makes a reading. */
    public boolean measures() {
        return measures;
    }

    /** Whether a device of the family may well not know it, so that nothing is missing where it is not answered. */
    public boolean isExtra() {
        return EXTRAS.contains(this);
    }

    /** Whether a reply that refuses nothing is one to this command, and not to another that the device took it for. */
    public boolean isAnsweredBy(JsonNode reply) {
        return switch (this) {
            case BRAIINS_GRAPHQL_ERRORS -> reply.path("data").path("bosminer").isObject();
            case STATS_NEW -> reply.path("STATS").path(0).path("chain").isArray();
            case SUMMARY_NEW -> reply.path("SUMMARY").path(0).path("status").isArray();
            default -> true;
        };
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
