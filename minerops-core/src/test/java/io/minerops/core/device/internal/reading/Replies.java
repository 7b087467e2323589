package io.minerops.core.device.internal.reading;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerReading;
import io.minerops.core.device.internal.vendor.Families;
import io.minerops.core.device.internal.wire.Reply;
import io.minerops.core.device.internal.wire.ReplyReader;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.Endpoint;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Replies as devices give them, written for the tests, and a way to have a plan read them without sockets. */
public final class Replies {
    public static final MinerAddress MINER = MinerAddress.of("192.0.2.10");
    public static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    public static final String INVALID =
            "{\"STATUS\":[{\"STATUS\":\"E\",\"When\":1,\"Code\":14,\"Msg\":\"invalid command\","
                    + "\"Description\":\"cgminer 1.0.0\"}],\"id\":1}";
    static final String DENIED =
            "{\"STATUS\":[{\"STATUS\":\"E\",\"When\":1,\"Code\":45,\"Msg\":\"Access denied\"}],\"id\":1}";

    private Replies() {}

    /** A successful reply: the status and one section. */
    public static String section(String name, String elements) {
        return "{\"STATUS\":[{\"STATUS\":\"S\",\"When\":1,\"Code\":11,\"Msg\":\"ok\",\"Description\":\"cgminer 1.0.0\"}],\""
                + name + "\":[" + elements + "],\"id\":1}";
    }

    public static String version(String type) {
        return section(
                "VERSION", "{\"BMMiner\":\"1.0.0\",\"API\":\"3.1\",\"Miner\":\"49.0.1.3\",\"Type\":\"" + type + "\"}");
    }

    /** A summary over GHS fields, as quoted text. */
    public static String summary(double ghs) {
        return section(
                "SUMMARY",
                "{\"Elapsed\":3600,\"GHS 5s\":\"" + ghs + "\",\"GHS av\":" + ghs
                        + ",\"Accepted\":120,\"Rejected\":3,\"Hardware Errors\":7}");
    }

    /** Statistics of an Antminer: its header, and the fields that are given. */
    public static String stats(String type, String fields) {
        return section(
                "STATS",
                "{\"BMMiner\":\"1.0.0\",\"Miner\":\"49.0.1.3\",\"Type\":\"" + type
                        + "\"},{\"STATS\":0,\"Elapsed\":3600," + fields + "}");
    }

    /** Two pools that answer, the first of them in use. */
    public static String pools() {
        return section(
                "POOLS",
                "{\"POOL\":0,\"URL\":\"stratum+tcp://pool.example:3333\",\"Status\":\"Alive\",\"Priority\":0,"
                        + "\"User\":\"farm.7\",\"Stratum Active\":true},{\"POOL\":1,\"URL\":"
                        + "\"stratum+tcp://backup.example:3333\",\"Status\":\"Alive\",\"Priority\":1,"
                        + "\"User\":\"farm.7\",\"Stratum Active\":false}");
    }

    /** A reply to several commands at once: each reply in an array of one under its command's name. */
    public static String joined(Map<String, String> replies) {
        return replies.entrySet().stream()
                .map(reply -> "\"" + reply.getKey() + "\":[" + reply.getValue() + "]")
                .collect(Collectors.joining(",", "{", ",\"id\":1}"));
    }

    /** What a device comes to that answers single commands with these replies, and refuses all else. */
    public static MinerReading readSingly(Map<String, String> replies) {
        return read(DeviceProfile.UNKNOWN, commands -> answer(replies, commands));
    }

    /** The answer of a device with these replies, each under its command's name on the wire. */
    private static Outcome answer(Map<String, String> replies, List<Command> commands) {
        Command first = commands.get(0);
        if (first.endpoint() == Endpoint.CGMINER) {
            String single = replies.getOrDefault(first.wireName(), INVALID);
            return replied(bytes(commands.size() > 1 ? INVALID : single));
        }
        boolean listens = Arrays.stream(Command.values())
                .anyMatch(command -> command.endpoint() == first.endpoint() && replies.containsKey(command.wireName()));
        String reply = replies.get(first.wireName());
        if (!listens) {
            return new Outcome.Unconnected("Connection refused");
        } else if (reply == null) {
            return new Outcome.Replied(new Reply.Unknown("HTTP status 404"));
        }
        return new Outcome.Replied(ReplyReader.json(bytes(reply), 0, bytes(reply).length));
    }

    /** The outcome of an exchange with a CGMiner that sent these bytes. */
    public static Outcome replied(byte[] bytes) {
        return new Outcome.Replied(ReplyReader.read(bytes));
    }

    /** What a device comes to whose exchanges end as the function says. */
    public static MinerReading read(DeviceProfile capability, Function<List<Command>, Outcome> device) {
        ReadingPlan plan = new ReadingPlan(MINER, capability, Families.STANDARD);
        for (List<Command> next = plan.next(); !next.isEmpty(); next = plan.next()) {
            plan.take(device.apply(next));
        }
        return plan.conclude(NOW, null);
    }

    public static byte[] bytes(String reply) {
        return reply.getBytes(StandardCharsets.UTF_8);
    }
}
