package io.minerops.core.device.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.Reading;
import io.minerops.core.device.internal.normalise.Fans;
import io.minerops.core.device.internal.reading.Replies;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Replies captured from devices, kept outside of the repository: the folder is named by MINEROPS_FIXTURES. */
@EnabledIfEnvironmentVariable(named = "MINEROPS_FIXTURES", matches = ".+")
class DeviceCapturesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What a capture's file is called, where that is not the command's name on the wire. */
    private static final Map<String, String> WIRE_NAMES = Map.ofEntries(
            Map.entry("get_device_info", "get.device.info"),
            Map.entry("get_miner_status_summary", "get.miner.status summary"),
            Map.entry("get_miner_status_edevs", "get.miner.status edevs"),
            Map.entry("get_miner_status_pools", "get.miner.status pools"),
            Map.entry("ipreport", "/ipreport"),
            Map.entry("psu", "/psu"),
            Map.entry("fan", "/fan"),
            Map.entry("temperature", "/temperature"));

    /** The devices of which every expected value is compared. */
    private static final List<String> COMPARED =
            List.of("antminer-", "whatsminer-", "sealminer-", "auradine-", "innosilicon-", "strongu-");

    private static final String NOT_NAMED =
            "none of the captured replies names the model; devdetails does on the device";
    private static final String LOGGED_IN = "only a page for which one has to log in says it";

    /** What is expected and cannot be had, or is wrong: each must differ, so that none is listed in vain. */
    private static final Map<String, Map<String, String>> EXCEPT = Map.of(
            "antminer-s19-stock-web",
            Map.of("avg_temp_c", LOGGED_IN, "max_temp_c", LOGGED_IN, "fan_rpm", LOGGED_IN),
            "antminer-s9-bosminer",
            Map.of("model", NOT_NAMED),
            "whatsminer-m3",
            Map.of("model", NOT_NAMED),
            "whatsminer-m20s-old",
            Map.of("model", NOT_NAMED),
            "whatsminer-m20s-v1",
            Map.of("model", NOT_NAMED),
            "whatsminer-m30s",
            Map.of("model", NOT_NAMED),
            "whatsminer-m50s-v2",
            Map.of("model", NOT_NAMED),
            "innosilicon-a9",
            Map.of("max_temp_c", "the hottest of the boards' means, where each board reports its hottest chip too"));

    static Stream<Path> compared() throws IOException {
        return devices().filter(DeviceCapturesTest::isCompared);
    }

    static Stream<Path> others() throws IOException {
        return devices().filter(device -> !isCompared(device));
    }

    private static boolean isCompared(Path device) {
        return COMPARED.stream().anyMatch(name(device)::startsWith) && speaksCgminer(device);
    }

    static Stream<String> quirks() throws IOException {
        Path file = Path.of(System.getenv("MINEROPS_FIXTURES")).resolve("quirks.json");
        return Stream.of(JSON.readTree(file.toFile()).path("quirks"))
                .flatMap(all -> Stream.iterate(0, index -> index < all.size(), index -> index + 1)
                        .map(index -> all.path(index).path("raw").asText()));
    }

    @ParameterizedTest
    @MethodSource("compared")
    void a_device_gives_every_expected_value(Path device) throws IOException {
        JsonNode expected = JSON.readTree(device.resolve("expected.json").toFile());
        MinerReading reading = Replies.readSingly(replies(device));

        assertThat(reading).isInstanceOf(MinerReading.Ok.class);
        MinerReading.Ok ok = (MinerReading.Ok) reading;
        Map<String, String> except = EXCEPT.getOrDefault(name(device), Map.of());
        SoftAssertions softly = new SoftAssertions();
        comparisons(ok, expected)
                .forEach((field, alike) -> softly.assertThat(alike)
                        .as("%s: expected %s, read %s of %s", field, expected.path(field), ok.sample(), ok.identity())
                        .isEqualTo(!except.containsKey(field)));
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

    private static Map<String, Boolean> comparisons(MinerReading.Ok ok, JsonNode expected) {
        MetricSample sample = ok.sample();
        Map<String, Boolean> alike = new TreeMap<>();
        alike.put("vendor", Objects.equals(ok.identity().vendor(), text(expected, "vendor")));
        alike.put("model", Objects.equals(ok.identity().model(), text(expected, "model")));
        alike.put("firmware", firmwareAlike(ok.identity().firmwareVersion(), text(expected, "firmware")));
        alike.put("hashrate_ths", alike(sample, Reading.HASHRATE_THS, expected.path("hashrate_ths"), 1e-4));
        alike.put("hashrate_avg_ths", alike(sample, Reading.HASHRATE_AVG_THS, expected.path("hashrate_avg_ths"), 1e-4));
        alike.put("elapsed_s", alike(sample, Reading.ELAPSED_S, expected.path("elapsed_s"), 0));
        alike.put("avg_temp_c", alike(sample, Reading.AVG_TEMP_C, expected.path("avg_temp_c"), 1e-3));
        alike.put("max_temp_c", alike(sample, Reading.MAX_TEMP_C, expected.path("max_temp_c"), 1e-3));
        alike.put("chips_working", alike(sample, Reading.CHIPS_ALIVE, expected.path("chips_working"), 0));
        alike.put("fan_rpm", fansAlike(sample, expected.path("fan_rpm")));
        alike.put("power_w", powerAlike(sample, expected));
        return alike;
    }

    private static boolean alike(MetricSample sample, Reading reading, JsonNode expected, double tolerance) {
        if (expected.isNumber()) {
            return Math.abs(sample.value(reading) - expected.asDouble()) <= tolerance;
        }
        return expected.isMissingNode() || sample.reading(reading).isEmpty();
    }

    /** A series and the version of its boards are parted by a blank or by a line, as each firmware likes it. */
    private static @Nullable String text(JsonNode expected, String field) {
        return expected.path(field).isTextual()
                ? expected.path(field).textValue().replace('_', ' ')
                : null;
    }

    /** Remarks and parts stand in brackets; a version may go on with the build's own number. */
    private static boolean firmwareAlike(@Nullable String read, @Nullable String expected) {
        if (read == null || expected == null) {
            // what a firmware calls itself stands in for a version that it does not report
            return expected == null;
        }
        List<String> accepted =
                new ArrayList<>(List.of(expected.replace("'", ""), expected.replaceFirst(" \\(.*", "")));
        accepted.addAll(List.of(expected.replaceFirst(".*\\((.*)\\).*", "$1").split(", ")));
        return accepted.stream().anyMatch(one -> read.equalsIgnoreCase(one) || read.startsWith(one + "-"));
    }

    private static boolean fansAlike(MetricSample sample, JsonNode rpm) {
        double[] speeds = Stream.iterate(0, index -> index < rpm.size(), index -> index + 1)
                .mapToDouble(index -> rpm.path(index).asDouble())
                .toArray();
        Fans fans = Fans.of(speeds);
        return Double.compare(sample.value(Reading.AVG_FAN_RPM), fans.mean()) == 0
                && Double.compare(sample.value(Reading.MIN_FAN_RPM), fans.min()) == 0
                && Double.compare(sample.value(Reading.MAX_FAN_RPM), fans.max()) == 0;
    }

    /** Where the capture gives no power that a SHA-256 machine can draw, there is an estimate or nothing. */
    private static boolean powerAlike(MetricSample sample, JsonNode expected) {
        double watts = expected.path("power_w").asDouble(Double.NaN);
        double perTh = watts / expected.path("hashrate_ths").asDouble(Double.NaN);
        if (perTh >= 5 && perTh <= 200) {
            return Math.abs(sample.value(Reading.POWER_W) - watts) <= 0.01
                    && sample.powerEstimated()
                            == expected.path("power_estimated").asBoolean(false);
        }
        return sample.reading(Reading.POWER_W).isEmpty() || sample.powerEstimated();
    }

    private static Stream<Path> devices() throws IOException {
        Path folder = Path.of(System.getenv("MINEROPS_FIXTURES")).resolve("devices");
        try (Stream<Path> devices = Files.list(folder)) {
            return devices.sorted().toList().stream();
        }
    }

    private static boolean speaksCgminer(Path device) {
        return Stream.of("stats.json", "summary.json", "status.json", "get_device_info.json")
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
                    replies.put(WIRE_NAMES.getOrDefault(command, command), Files.readString(file));
                }
            }
        }
        return replies;
    }
}
