package io.minerops.core.cgminer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Replies captured from devices, kept outside of the repository: the folder is named by MINEROPS_FIXTURES. */
@EnabledIfEnvironmentVariable(named = "MINEROPS_FIXTURES", matches = ".+")
class DeviceCapturesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Stream<Path> antminers() throws IOException {
        return devices().filter(device -> name(device).startsWith("antminer-") && speaksCgminer(device));
    }

    static Stream<Path> others() throws IOException {
        return devices().filter(device -> !name(device).startsWith("antminer-") || !speaksCgminer(device));
    }

    static Stream<String> quirks() throws IOException {
        Path file = Path.of(System.getenv("MINEROPS_FIXTURES")).resolve("quirks.json");
        return Stream.of(JSON.readTree(file.toFile()).path("quirks"))
                .flatMap(all -> Stream.iterate(0, index -> index < all.size(), index -> index + 1)
                        .map(index -> all.path(index).path("raw").asText()));
    }

    @ParameterizedTest
    @MethodSource("antminers")
    void an_antminer_gives_the_expected_values(Path device) throws IOException {
        JsonNode expected = JSON.readTree(device.resolve("expected.json").toFile());
        MinerReading reading = Replies.readSingly(replies(device));

        assertThat(reading).isInstanceOf(MinerReading.Ok.class);
        MinerReading.Ok ok = (MinerReading.Ok) reading;
        SoftAssertions softly = new SoftAssertions();
        compare(softly, ok.sample(), Reading.HASHRATE_THS, expected.path("hashrate_ths"), 1e-4);
        compare(softly, ok.sample(), Reading.HASHRATE_AVG_THS, expected.path("hashrate_avg_ths"), 1e-4);
        compare(softly, ok.sample(), Reading.ELAPSED_S, expected.path("elapsed_s"), 0);
        if (Files.exists(device.resolve("stats.json")) || Files.exists(device.resolve("temps.json"))) {
            compare(softly, ok.sample(), Reading.AVG_TEMP_C, expected.path("avg_temp_c"), 1e-3);
            compare(softly, ok.sample(), Reading.MAX_TEMP_C, expected.path("max_temp_c"), 1e-3);
            compareFans(softly, ok.sample(), expected.path("fan_rpm"));
        }
        comparePower(softly, ok.sample(), expected);
        compare(softly, ok.sample(), Reading.CHIPS_ALIVE, expected.path("chips_working"), 0);
        if (!name(device).contains("bosminer")) {
            softly.assertThat(ok.identity().model())
                    .isEqualTo(expected.path("model").asText());
        }
        softly.assertAll();
    }

    @ParameterizedTest
    @MethodSource("others")
    void any_other_device_is_read_without_a_fault(Path device) throws IOException {
        MinerReading reading = Replies.readSingly(replies(device));

        assertThat(reading.describe()).isNotBlank();
        boolean sha256 = JSON.readTree(device.resolve("expected.json").toFile())
                .path("algorithm")
                .asText("sha256d")
                .equals("sha256d");
        if (reading instanceof MinerReading.Ok ok && !sha256) {
            assertThat(ok.sample().reading(Reading.HASHRATE_THS)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("quirks")
    void every_known_quirk_is_read_or_refused_with_a_reason(String raw) {
        Reply reply = ReplyReader.read(raw.getBytes(StandardCharsets.UTF_8));

        boolean cutOff = raw.endsWith("123.4");
        assertThat(reply instanceof Reply.Truncated).isEqualTo(cutOff);
        boolean protocol = raw.startsWith("{") || raw.startsWith(",") || raw.startsWith("STATUS=");
        assertThat(reply instanceof Reply.Value).isEqualTo(protocol && !cutOff);
    }

    private static void compare(
            SoftAssertions softly, MetricSample sample, Reading reading, JsonNode expected, double tolerance) {
        if (expected.isNumber()) {
            softly.assertThat(sample.value(reading))
                    .as(reading.key())
                    .isEqualTo(expected.asDouble(), within(tolerance));
        } else if (expected.isNull()) {
            softly.assertThat(sample.reading(reading)).as(reading.key()).isEmpty();
        }
    }

    private static void compareFans(SoftAssertions softly, MetricSample sample, JsonNode rpm) {
        double[] speeds = Stream.iterate(0, index -> index < rpm.size(), index -> index + 1)
                .mapToDouble(index -> rpm.path(index).asDouble())
                .toArray();
        Fans fans = Fans.of(speeds);
        softly.assertThat(sample.value(Reading.AVG_FAN_RPM)).as("avg_fan_rpm").isEqualTo(Double.valueOf(fans.mean()));
        softly.assertThat(sample.value(Reading.MIN_FAN_RPM)).as("min_fan_rpm").isEqualTo(Double.valueOf(fans.min()));
        softly.assertThat(sample.value(Reading.MAX_FAN_RPM)).as("max_fan_rpm").isEqualTo(Double.valueOf(fans.max()));
    }

    /** Where the capture gives no power that a SHA-256 machine can draw, there is an estimate or nothing. */
    private static void comparePower(SoftAssertions softly, MetricSample sample, JsonNode expected) {
        double watts = expected.path("power_w").asDouble(Double.NaN);
        double perTh = watts / expected.path("hashrate_ths").asDouble(Double.NaN);
        if (perTh >= 5 && perTh <= 200) {
            softly.assertThat(sample.value(Reading.POWER_W)).as("power_w").isEqualTo(watts, within(0.01));
            softly.assertThat(sample.powerEstimated())
                    .as("estimated")
                    .isEqualTo(expected.path("power_estimated").asBoolean(false));
        } else {
            softly.assertThat(sample.reading(Reading.POWER_W).isEmpty() || sample.powerEstimated())
                    .as("estimated or absent")
                    .isTrue();
        }
    }

    private static Stream<Path> devices() throws IOException {
        Path folder = Path.of(System.getenv("MINEROPS_FIXTURES")).resolve("devices");
        try (Stream<Path> devices = Files.list(folder)) {
            return devices.sorted().toList().stream();
        }
    }

    private static boolean speaksCgminer(Path device) {
        return Stream.of("stats.json", "summary.json")
                .anyMatch(file ->
                        Files.exists(device.resolve(file)) && !name(device).contains("-epic-"));
    }

    private static String name(Path device) {
        return String.valueOf(device.getFileName());
    }

    private static Map<String, String> replies(Path device) throws IOException {
        Map<String, String> replies = new TreeMap<>();
        try (Stream<Path> files = Files.list(device)) {
            for (Path file : files.sorted().toList()) {
                String command = name(file).replaceAll("\\.(json|txt)$", "");
                if (!command.equals("expected")) {
                    replies.put(command, Files.readString(file));
                }
            }
        }
        return replies;
    }
}
