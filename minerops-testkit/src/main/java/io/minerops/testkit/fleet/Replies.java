package io.minerops.testkit.fleet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.minerops.testkit.fleet.server.Request;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** Answers requests as the firmware of a model would, ending with the NUL byte that ends every CGMiner reply. */
final class Replies {
    private static final int INVALID_COMMAND = 14;
    private static final int INVALID_JSON = 23;
    private static final int MISSING_COMMAND = 24;
    private static final int ACCESS_DENIED = 45;

    /** What would change a device, which none of these lets a client do. */
    private static final Set<String> WRITES = Set.of(
            "switchpool",
            "addpool",
            "poolpriority",
            "poolquota",
            "enablepool",
            "disablepool",
            "removepool",
            "save",
            "quit",
            "privileged",
            "restart",
            "setconfig",
            "zero",
            "hotplug",
            "ascenable",
            "ascdisable",
            "ascset",
            "logon",
            "logoff",
            "resetminer",
            "ledset");

    private final Model model;
    private final MinerState state;
    private final int index;
    private final Trouble trouble;
    private final long epochSeconds;
    private final int poolInUse;

    /** Replies of one miner in one state. */
    Replies(int index, Model model, MinerState state, Trouble trouble, long epochSeconds, int poolInUse) {
        this.index = index;
        this.model = model;
        this.state = state;
        this.trouble = trouble;
        this.epochSeconds = epochSeconds;
        this.poolInUse = poolInUse;
    }

    /** The bytes of the response to a command. CGMiner exits after it has answered a restart with one word. */
    byte[] answer(ControllableMiner.Accepted obeyed) {
        if (obeyed.letter().equals("RESTART")) {
            return bytes(object().put("STATUS", "RESTART").toString());
        }
        ObjectNode reply = status(obeyed.letter(), obeyed.code(), obeyed.message());
        if (obeyed.session() != null) {
            reply.putArray("SESSION").addObject().put("SessionID", obeyed.session());
        }
        return bytes(reply.put("id", 1).toString());
    }

    /** The bytes that answer a request. */
    byte[] answer(Request request) {
        String text;
        if (request instanceof Request.Commands commands) {
            boolean faults = commands.newApi() && model.reportsFaults();
            text = (faults && commands.names().equals(List.of("summary")) ? faults() : commands(commands.names()))
                    .toString();
        } else if (request instanceof Request.NoCommand) {
            text = refusal(MISSING_COMMAND, "Missing JSON 'command'").toString();
        } else if (request instanceof Request.InvalidJson) {
            text = refusal(INVALID_JSON, "Invalid JSON").toString();
        } else {
            text = "STATUS=E,When=" + epochSeconds + ",Code=" + INVALID_COMMAND + ",Msg=Invalid command,Description="
                    + software() + "|";
        }
        return bytes(text);
    }

    private static byte[] bytes(String text) {
        return (text + '\0').getBytes(StandardCharsets.UTF_8);
    }

    private ObjectNode commands(List<String> names) {
        if (names.size() == 1) {
            return command(names.get(0));
        }
        if (!model.joinsCommands()) {
            return invalidCommand();
        }
        ObjectNode joined = object();
        for (String name : names) {
            joined.putArray(name).add(command(name));
        }
        return joined.put("id", 1);
    }

    private ObjectNode command(String name) {
        return switch (name) {
            case "version" -> model.reportsVersion() ? version() : invalidCommand();
            case "summary" -> section(11, "Summary", "SUMMARY", List.of(Sections.summary(model, state)));
            case "stats" -> section(70, title() + " stats", "STATS", Sections.stats(index, model, state, trouble));
            case "pools" -> section(7, "2 Pool(s)", "POOLS", Sections.pools(index, state, poolInUse, trouble));
            case "devs" -> section(9, Model.CHAINS + " ASC(s)", "DEVS", Sections.devs(state));
            case "power" ->
                model.style() == Model.Style.LUXOS
                        ? section(311, "Power", "POWER", List.of(Sections.power(state)))
                        : invalidCommand();
            case "config" ->
                model.style() == Model.Style.LUXOS
                        ? section(304, "Config", "CONFIG", List.of(Sections.config(trouble)))
                        : invalidCommand();
            default ->
                WRITES.contains(name)
                        ? refusal(ACCESS_DENIED, "Access denied to '" + name + "' command")
                        : invalidCommand();
        };
    }

    private ObjectNode faults() {
        return section(11, "Summary", "SUMMARY", List.of(Sections.faults(trouble)));
    }

    private ObjectNode version() {
        return section(22, title() + " versions", "VERSION", List.of(Sections.version(model, trouble)));
    }

    private ObjectNode section(int code, String message, String name, List<ObjectNode> objects) {
        ObjectNode reply = status("S", code, message);
        objects.forEach(reply.putArray(name)::add);
        return reply.put("id", 1);
    }

    private ObjectNode invalidCommand() {
        return refusal(INVALID_COMMAND, "Invalid command");
    }

    private ObjectNode refusal(int code, String message) {
        return status("E", code, message).put("id", 1);
    }

    private ObjectNode status(String letter, int code, String message) {
        ObjectNode reply = object();
        reply.putArray("STATUS")
                .addObject()
                .put("STATUS", letter)
                .put("When", epochSeconds)
                .put("Code", code)
                .put("Msg", message)
                .put("Description", software());
        return reply;
    }

    private String title() {
        return model.style() == Model.Style.S9 ? "BMMiner" : "CGMiner";
    }

    private String software() {
        return switch (model.style()) {
            case S9 -> "bmminer 1.0.0";
            case S19 -> "cgminer 1.0.0";
            case VNISH, VNISH_WITHOUT_VERSION -> "cgminer 4.11.1";
            case LUXOS -> "LUXminer 2024.5.1.155432-ef87f339";
        };
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
