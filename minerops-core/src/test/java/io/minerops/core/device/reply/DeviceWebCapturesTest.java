package io.minerops.core.device.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.Reading;
import io.minerops.core.device.internal.normalise.Fans;
import io.minerops.core.device.internal.normalise.MacAddress;
import io.minerops.core.device.internal.reading.DeviceProfile;
import io.minerops.core.device.internal.reading.Outcome;
import io.minerops.core.device.internal.reading.Replies;
import io.minerops.core.device.internal.vendor.Families;
import io.minerops.core.device.internal.wire.Reply;
import io.minerops.core.device.internal.wire.ReplyReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Replies captured from Avalons and from devices with web servers, kept outside of the repository: the folder is named by
 * MINEROPS_FIXTURES. Every field that is expected of a device is compared, but for those named here with the reason.
 */
@EnabledIfEnvironmentVariable(named = "MINEROPS_FIXTURES", matches = ".+")
class DeviceWebCapturesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** By device and field, why what is expected there is not what we say. */
    private static final Map<String, String> EXCLUDED = Map.ofEntries(
            Map.entry("avalon-10xx model", "a name for the series is expected; the device says that it is a 1047"),
            Map.entry(
                    "avalon-1246 power_w",
                    "expected is the fifth field, which is the supply's output, 13.16 V times 242 A; the seventh is what"
                            + " it draws: on the A15 that equals WALLPOWER"),
            Map.entry(
                    "antminer-s19xp-epic-umc hashrate_avg_ths",
                    "none is expected, but the session's Average MHs is one"),
            Map.entry("antminer-s19xp-epic-umc firmware", "a label is expected; the device says PowerPlay and version"),
            Map.entry(
                    "antminer-s19xp-epic-umc fan_rpm",
                    "the second fan is left out; the places without a fan are null and this one is 0, so it stands still"),
            Map.entry(
                    "antminer-s19xp-braiins-25.07 avg_temp_c",
                    "none is expected; we give the mean of the boards' chips, as at the CGMiner port"),
            Map.entry("antminer-s9-braiins-22.08-graphql model", "the captured queries did not request it, ours does"),
            Map.entry("antminer-s19-stock-web avg_temp_c", "only stats.cgi has it, which wants digest authentication"),
            Map.entry("antminer-s19-stock-web max_temp_c", "only stats.cgi has it, which wants digest authentication"),
            Map.entry("antminer-s19-stock-web fan_rpm", "only stats.cgi has it, which wants digest authentication"));

    private static final Map<String, Map<String, Command>> PATHS = Map.of(
            "bitaxe-", Map.of("system_info", Command.AXEOS_INFO),
            "proto-",
                    Map.of(
                            "system", Command.PROTO_SYSTEM,
                            "mining", Command.PROTO_MINING,
                            "cooling", Command.PROTO_COOLING,
                            "hardware", Command.PROTO_HARDWARE,
                            "pools", Command.PROTO_POOLS,
                            "network", Command.PROTO_NETWORK),
            "antminer-s19xp-epic-",
                    Map.of(
                            "summary", Command.EPIC_SUMMARY,
                            "capabilities", Command.EPIC_CAPABILITIES,
                            "network", Command.EPIC_NETWORK),
            "antminer-s19xp-braiins-",
                    Map.of(
                            "miner_details", Command.BRAIINS_DETAILS,
                            "miner_stats", Command.BRAIINS_STATS,
                            "cooling_state", Command.BRAIINS_COOLING,
                            "miner_hw_hashboards", Command.BRAIINS_BOARDS,
                            "pools", Command.BRAIINS_POOLS),
            "antminer-s9-braiins-", Map.of("version", Command.VERSION, "gql", Command.BRAIINS_GRAPHQL));

    static Stream<String> measured() {
        return Stream.of(
                "avalon-10xx",
                "avalon-1246",
                "avalon-a15-estats",
                "avalon-nano3-plaintext",
                "avalon-q-idle",
                "bitaxe-bm1368-axeos-2.4.5",
                "proto-rig-sim",
                "antminer-s19xp-epic-umc",
                "antminer-s19xp-braiins-25.07",
                "antminer-s9-braiins-22.08-graphql",
                "antminer-s19xp-vnish-1.2.0rc1",
                "antminer-s21pro-vnish-1.2.7",
                "antminer-s19-stock-web");
    }

    @ParameterizedTest
    @MethodSource("measured")
    void a_device_gives_every_expected_value(String device) throws IOException {
        JsonNode expected = expected(device);
        MinerReading reading = read(device);

        assertThat(reading).isInstanceOf(MinerReading.Ok.class);
        MinerReading.Ok ok = (MinerReading.Ok) reading;
        MetricSample sample = ok.sample();
        SoftAssertions softly = new SoftAssertions();
        Comparison comparison = new Comparison(softly, device, expected);
        comparison.reading("hashrate_ths", sample, Reading.HASHRATE_THS, 1e-5);
        comparison.reading("hashrate_avg_ths", sample, Reading.HASHRATE_AVG_THS, 1e-5);
        comparison.reading("elapsed_s", sample, Reading.ELAPSED_S, 0);
        comparison.reading("avg_temp_c", sample, Reading.AVG_TEMP_C, 1e-3);
        comparison.reading("max_temp_c", sample, Reading.MAX_TEMP_C, 1e-3);
        comparison.reading("chips_working", sample, Reading.CHIPS_ALIVE, 0);
        comparison.power(sample);
        comparison.fans(sample);
        comparison.identity(ok.identity());
        softly.assertThat(ok.implausible()).isEmpty();
        softly.assertAll();
    }

    @Test
    void a_device_that_reports_only_its_version_is_recognised() throws IOException {
        JsonNode expected = expected("avalon-mini3-plaintext-version");
        JsonNode version = ((Reply.Value) ReplyReader.read(Files.readAllBytes(
                        folder("avalon-mini3-plaintext-version").resolve("version.txt"))))
                .root();
        DeviceReplies replies = DeviceReplies.none().with(Command.VERSION, version);
        MinerIdentity identity = Families.STANDARD
                .of(replies)
                .normalise(replies, Replies.MINER, Replies.NOW)
                .identity();

        Fields reported = replies.section(Command.VERSION);
        assertThat(identity)
                .isEqualTo(new MinerIdentity(
                        expected.path("vendor").asText(),
                        // a blank before the number, as in the names of its kin
                        expected.path("model").asText().replace("Mini3", "Mini 3"),
                        expected.path("firmware").asText(),
                        MacAddress.parse(reported.rawText("MAC")),
                        null,
                        reported.text("DNA")));
        assertThat(identity.mac()).isNotNull();
    }

    /** One field after the other; what is null in the expected values must be absent. */
    private record Comparison(SoftAssertions softly, String device, JsonNode expected) {
        void reading(String field, MetricSample sample, Reading reading, double tolerance) {
            JsonNode value = expected.path(field);
            if (excluded(field) || value.isMissingNode()) {
                return;
            } else if (value.isNull()) {
                softly.assertThat(sample.reading(reading)).as(field).isEmpty();
            } else {
                softly.assertThat(sample.value(reading)).as(field).isEqualTo(value.asDouble(), within(tolerance));
            }
        }

        /** Where none is expected there may be an estimate. */
        void power(MetricSample sample) {
            if (excluded("power_w")) {
                return;
            } else if (expected.path("power_w").isNull()) {
                softly.assertThat(sample.reading(Reading.POWER_W).isEmpty() || sample.powerEstimated())
                        .as("power is absent or estimated")
                        .isTrue();
                return;
            }
            reading("power_w", sample, Reading.POWER_W, 0.01);
            softly.assertThat(sample.powerEstimated())
                    .as("power_estimated")
                    .isEqualTo(expected.path("power_estimated").asBoolean(false));
        }

        void fans(MetricSample sample) {
            if (excluded("fan_rpm")) {
                return;
            }
            Fans fans = Fans.of(StreamSupport.stream(expected.path("fan_rpm").spliterator(), false)
                    .mapToDouble(JsonNode::asDouble)
                    .toArray());
            softly.assertThat(sample.value(Reading.AVG_FAN_RPM)).as("avg_fan").isEqualTo(Double.valueOf(fans.mean()));
            softly.assertThat(sample.value(Reading.MIN_FAN_RPM)).as("min_fan").isEqualTo(Double.valueOf(fans.min()));
            softly.assertThat(sample.value(Reading.MAX_FAN_RPM)).as("max_fan").isEqualTo(Double.valueOf(fans.max()));
        }

        void identity(MinerIdentity identity) {
            softly.assertThat(identity.vendor())
                    .as("vendor")
                    .isEqualTo(expected.path("vendor").asText());
            if (!excluded("model")) {
                softly.assertThat(identity.model())
                        .as("model")
                        .isEqualTo(expected.path("model").asText());
            }
            if (!excluded("firmware")) {
                // whether it is the plus edition the device says itself
                softly.assertThat(String.valueOf(identity.firmwareVersion()).replace("OS+", "OS"))
                        .as("firmware")
                        .isEqualTo(expected.path("firmware").asText().replace("OS+", "OS"));
            }
        }

        private boolean excluded(String field) {
            return EXCLUDED.containsKey(device + " " + field);
        }
    }

    private static MinerReading read(String device) throws IOException {
        Map<Command, String> replies = replies(device);
        Path joined = folder(device).resolve("multi-pools+summary+stats.json");
        return Replies.read(DeviceProfile.UNKNOWN, commands -> {
            Command first = commands.get(0);
            if (first.endpoint() == Endpoint.CGMINER && device.contains("-epic-")) {
                return new Outcome.Replied(new Reply.WebServer());
            } else if (first.endpoint() == Endpoint.CGMINER && Files.exists(joined)) {
                return Replies.replied(Replies.bytes(commands.size() > 1 ? text(joined) : Replies.INVALID));
            }
            return answer(replies, commands);
        });
    }

    private static Outcome answer(Map<Command, String> replies, List<Command> commands) {
        Command first = commands.get(0);
        boolean listens = replies.keySet().stream().anyMatch(command -> command.endpoint() == first.endpoint());
        String reply = replies.get(first);
        if (!listens) {
            return new Outcome.Unconnected("Connection refused");
        } else if (first.endpoint() == Endpoint.CGMINER) {
            return Replies.replied(Replies.bytes(reply == null || commands.size() > 1 ? Replies.INVALID : reply));
        }
        return new Outcome.Replied(
                reply == null
                        ? new Reply.Unknown("HTTP status 404")
                        : ReplyReader.json(Replies.bytes(reply), 0, Replies.bytes(reply).length));
    }

    private static Map<Command, String> replies(String device) throws IOException {
        Map<String, Command> paths = PATHS.entrySet().stream()
                .filter(entry -> device.startsWith(entry.getKey()))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElse(Map.of());
        Map<Command, String> replies = new HashMap<>();
        try (Stream<Path> files = Files.list(folder(device))) {
            for (Path file : files.sorted().toList()) {
                String name = String.valueOf(file.getFileName()).replaceAll("\\.(json|txt)$", "");
                Command command = paths.get(name.startsWith("gql_") ? "gql" : name);
                Optional<Command> known = paths.isEmpty() ? ofName(name) : Optional.ofNullable(command);
                if (known.isPresent()) {
                    replies.merge(known.get(), text(file), DeviceWebCapturesTest::merged);
                }
            }
        }
        return replies;
    }

    private static Optional<Command> ofName(String name) {
        return Stream.of(Command.values())
                .filter(command -> command.endpoint() == Endpoint.CGMINER
                        && command.wireName().equals(name))
                .findFirst();
    }

    /** Our one query requests what the captures requested in several. */
    private static String merged(String first, String second) {
        try {
            return deepMerge((ObjectNode) JSON.readTree(first), (ObjectNode) JSON.readTree(second))
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode deepMerge(ObjectNode into, ObjectNode from) {
        from.properties().forEach(entry -> {
            JsonNode there = into.get(entry.getKey());
            if (there instanceof ObjectNode object && entry.getValue() instanceof ObjectNode more) {
                deepMerge(object, more);
            } else {
                into.set(entry.getKey(), entry.getValue());
            }
        });
        return into;
    }

    private static JsonNode expected(String device) throws IOException {
        return JSON.readTree(folder(device).resolve("expected.json").toFile());
    }

    private static Path folder(String device) {
        return Path.of(System.getenv("MINEROPS_FIXTURES")).resolve("devices").resolve(device);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
