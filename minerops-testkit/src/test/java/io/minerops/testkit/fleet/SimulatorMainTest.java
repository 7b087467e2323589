package io.minerops.testkit.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.miner.MinerAddress;
import io.minerops.testkit.fixture.DeviceEndpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatorMainTest {
    private static SimulatorOptions parse(String line) {
        return SimulatorOptions.parse(line.isEmpty() ? List.of() : List.of(line.split(" ")));
    }

    @Nested
    class Options {
        @Test
        void nothing_given_is_ten_miners_on_addresses_of_their_own() {
            SimulatorOptions options = parse("");
            assertThat(options.miners()).isEqualTo(10);
            assertThat(options.layout()).isEqualTo(new FleetLayout.Addresses("127.20.0.1", 4028));
            assertThat(options.demo()).isFalse();
            assertThat(options.controlPort()).isNull();
        }

        @Test
        void all_can_be_given() {
            SimulatorOptions options = parse(
                    "--miners 8 --host 127.0.0.1 --first-port 40000 --seed -5 --script demo --trouble 3=zero --trouble"
                            + " 1=DEAD-FAN --control 0");
            assertThat(options.miners()).isEqualTo(8);
            assertThat(options.layout())
                    .isInstanceOfSatisfying(
                            FleetLayout.Ports.class,
                            ports -> assertThat(ports.firstPort()).isEqualTo(40_000));
            assertThat(options.seed()).isEqualTo(-5);
            assertThat(options.demo()).isTrue();
            assertThat(options.troubles()).isEqualTo(Map.of(3, Trouble.ZERO, 1, Trouble.DEAD_FAN));
            assertThat(options.controlPort()).isZero();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "--mienrs 3 | --miners",
                    "--miners | followed by a value",
                    "--miners 0 | between 1 and 20000, not 0",
                    "--replay x --miners -1 | between 0 and 20000, not -1",
                    "--web-port 80 | goes with --replay",
                    "--replay x --host 127.0.0.1 --web-port 80 | rather than --host",
                    "--replay x --copies 0 | between 1 and 20000, not 0",
                    "--miners ten | between 0 and 20000, not \"ten\"",
                    "--miners 1 --miners 2 | once only",
                    "--seed x | whole number, not \"x\"",
                    "--script chaos | demo or none, not \"chaos\"",
                    "--trouble 3 | INDEX=KIND, such as 3=ZERO, not \"3\"",
                    "--trouble 3=COLD | NONE, HOT, SLOW, ZERO, DEAD_FAN, GONE, SILENT, OVER_POWER, GARBAGE",
                    "--trouble 10=HOT | between 0 and 9, not 10",
                    "--first-port 5 | goes with --host",
                    "--host 127.0.0.1 --port 5 | not both",
                    "--port 70000 | between 1 and 65535, not 70000",
                    "--address miner7 | IPv4 address such as 127.20.0.1, not \"miner7\""
                })
        void a_wrong_one_is_refused_with_what_is_accepted(String line, String message) {
            assertThatThrownBy(() -> parse(line.strip()))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining(message.strip());
        }

        @Test
        void devices_to_replay_come_without_drawn_miners_unless_some_are_requested() {
            SimulatorOptions options = parse("--replay a --replay b --copies 3 --web-port 8080");
            assertThat(options.miners()).isZero();
            assertThat(options.replays()).containsExactly(Path.of("a"), Path.of("b"));
            assertThat(options.copies()).isEqualTo(3);
            assertThat(options.endpointPorts()).containsExactly(Map.entry(DeviceEndpoint.WEB, 8080));
            assertThat(parse("--replay a --miners 5").miners()).isEqualTo(5);
        }

        @Test
        void the_usage_lists_every_kind_of_trouble() {
            for (Trouble trouble : Trouble.values()) {
                assertThat(SimulatorOptions.USAGE).contains(trouble.name());
            }
        }
    }

    @Nested
    class Running {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final SimulatorMain running = SimulatorMain.start(
                parse("--miners 3 --host 127.0.0.1 --trouble 1=ZERO --control 0"),
                new PrintStream(bytes, true, StandardCharsets.UTF_8));

        @AfterEach
        void close() {
            running.close();
        }

        private String output(String pattern) {
            Matcher matcher = Pattern.compile(pattern).matcher(bytes.toString(StandardCharsets.UTF_8));
            assertThat(matcher.find()).as(pattern).isTrue();
            return matcher.group(1);
        }

        /** The first miner of the first range that was listed. */
        private MinerAddress firstMiner() {
            return MinerAddress.parse(output("MINER_IP_RANGE=([0-9.]+:\\d+)"));
        }

        private HttpResponse<String> request(String method, String path) throws Exception {
            HttpRequest request = HttpRequest.newBuilder(URI.create(output("POST (http://\\S+?)/trouble") + path))
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .build();
            return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        }

        private double ths() throws IOException {
            return MinerCall.exchange(firstMiner(), "summary")
                    .path("SUMMARY")
                    .path(0)
                    .path("GHS 5s")
                    .asDouble();
        }

        @Test
        void the_control_gives_and_heals_a_trouble() throws Exception {
            assertThat(ths()).isPositive();
            assertThat(request("POST", "/trouble?miner=0&kind=ZERO").body()).isEqualTo("miner 0: ZERO\n");
            assertThat(ths()).isZero();
            assertThat(request("POST", "/heal?miner=0").statusCode()).isEqualTo(200);
            assertThat(ths()).isPositive();
        }

        @ParameterizedTest
        @CsvSource({
            "POST, /trouble?miner=3&kind=ZERO, 400, between 0 and 2",
            "POST, /trouble?miner=x&kind=ZERO, 400, not \"x\"",
            "POST, /trouble?miner=0&kind=COLD, 400, OVER_POWER",
            "POST, /trouble?kind=ZERO, 400, miner must be given",
            "GET, /heal?miner=0, 405, only POST",
            "POST, /reboot, 404, /trouble"
        })
        void the_control_refuses_with_what_it_accepts(String method, String path, int status, String message)
                throws Exception {
            HttpResponse<String> response = request(method, path);
            assertThat(response.statusCode()).isEqualTo(status);
            assertThat(response.body()).contains(message);
        }
    }

    @Test
    void recorded_devices_come_after_the_drawn_ones_and_are_listed(@TempDir Path folder) throws IOException {
        for (String name : List.of("s9", "s19")) {
            Path device = Files.createDirectory(folder.resolve(name));
            Files.writeString(device.resolve("summary.json"), "{\"SUMMARY\":[{\"name\":\"" + name + "\"}]}");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

        SimulatorMain main =
                SimulatorMain.start(parse("--miners 1 --host 127.0.0.1 --copies 2 --replay " + folder), out);
        try (main) {
            Matcher listed = Pattern.compile("(?m)^  (\\d): (\\w+), cgminer at (\\S+)$")
                    .matcher(bytes.toString(StandardCharsets.UTF_8));
            List<String> names = new ArrayList<>();
            while (listed.find()) {
                names.add(listed.group(1) + listed.group(2));
                assertThat(MinerCall.exchange(MinerAddress.parse(listed.group(3)), "summary")
                                .at("/SUMMARY/0/name")
                                .asText())
                        .isEqualTo(listed.group(2));
            }
            assertThat(names).containsExactly("1s19", "2s19", "3s9", "4s9");
            assertThat(bytes.toString(StandardCharsets.UTF_8)).startsWith("simulating 5 miners;");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--help --miners 3"})
    void help_can_be_requested(String line) {
        assertThat(parse(line).help()).isTrue();
    }
}
