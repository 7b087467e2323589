package io.minerops.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.MinerAddress;
import io.minerops.core.device.reply.Endpoint;
import io.minerops.server.MainRun;
import io.minerops.testkit.fixture.DeviceEndpoint;
import io.minerops.testkit.fixture.RecordedDevice;
import io.minerops.testkit.fixture.RecordedReply;
import io.minerops.testkit.fleet.FleetSimulator;
import io.minerops.testkit.fleet.Model;
import io.minerops.testkit.fleet.Trouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class RecordCommandTest {
    private static final String SECRET_POOLS =
            "{\"STATUS\":[{\"STATUS\":\"S\"}],\"POOLS\":[{\"URL\":\"stratum+tcp://pool.example:3333\",\"User\":"
                    + "\"kittiwake.rig7\",\"Pass\":\"hunter2\",}{\"POOL\":1}],\"id\":1}\0";

    private final MainRun main = new MainRun(DemoCommand::commandLine);
    private final Deque<FleetSimulator> fleets = new ArrayDeque<>();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        fleets.forEach(FleetSimulator::close);
    }

    private FleetSimulator running(FleetSimulator.Builder builder) {
        FleetSimulator fleet = builder.build();
        fleets.add(fleet);
        fleet.start();
        return fleet;
    }

    private FleetSimulator replaying(RecordedDevice device) {
        return running(FleetSimulator.builder().miners(0).replay(device));
    }

    private static RecordedDevice device(RecordedReply... replies) {
        Map<DeviceEndpoint, Integer> endpoints = new EnumMap<>(DeviceEndpoint.class);
        Arrays.stream(replies)
                .forEach(reply ->
                        endpoints.put(reply.endpoint(), reply.endpoint().usualPort()));
        return new RecordedDevice("device", null, 4028, endpoints, List.of(replies), null);
    }

    private static RecordedReply reply(DeviceEndpoint endpoint, String wireName, String wire) {
        return RecordedReply.ofWire(endpoint, List.of(wireName), wire.getBytes(StandardCharsets.ISO_8859_1));
    }

    private RecordedDevice recorded(FleetSimulator fleet, String name) {
        Map<DeviceEndpoint, MinerAddress> endpoints = fleet.endpoints(0);
        MinerAddress shut = new MinerAddress("127.0.0.1", 1);
        int code = main.run(
                "record",
                fleet.addresses().get(0).toString(),
                "--out",
                folder.resolve(name).toString(),
                "--web-port",
                Integer.toString(
                        endpoints.getOrDefault(DeviceEndpoint.WEB, shut).port()),
                "--whatsminer-port",
                Integer.toString(
                        endpoints.getOrDefault(DeviceEndpoint.WHATSMINER, shut).port()),
                "--auradine-port",
                "1");
        assertThat(code).as(main.err()).isZero();
        return RecordedDevice.load(folder.resolve(name));
    }

    /** Records, replays what was recorded, records that, and expects the same. */
    private RecordedDevice roundTrip(FleetSimulator fleet) {
        RecordedDevice first = recorded(fleet, "first");
        RecordedDevice second = recorded(replaying(first), "second");

        assertThat(second.replies()).isEqualTo(first.replies());
        assertThat(second.reading()).isEqualTo(first.reading());
        return first;
    }

    @ParameterizedTest
    @EnumSource(Model.class)
    void a_recorded_miner_is_read_again_as_it_was(Model model) {
        RecordedDevice device =
                roundTrip(running(FleetSimulator.builder().miners(1).seed(3).models(model)));

        assertThat(device.reading()).isNotNull().satisfies(reading -> {
            assertThat(reading.outcome()).isEqualTo("ok");
            assertThat(reading.values()).containsKeys("hashrate_ths", "elapsed_s", "max_temp_c");
        });
        assertThat(device.recordedAt()).isNotNull();
    }

    @Test
    void a_web_server_is_recorded_with_its_chunks() {
        RecordedDevice device = roundTrip(replaying(device(reply(
                DeviceEndpoint.WEB,
                "/api/system/info",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7\r\n{\"a\":1}\r\n0\r\n\r\n"))));

        assertThat(device.reply(DeviceEndpoint.WEB, "/api/system/info"))
                .map(reply -> new String(reply.body(), StandardCharsets.US_ASCII))
                .contains("{\"a\":1}");
    }

    @Test
    void a_web_server_on_the_port_of_the_cgminer_api_is_recorded_there() {
        RecordedDevice device = roundTrip(replaying(new RecordedDevice(
                "epic",
                null,
                4028,
                Map.of(DeviceEndpoint.WEB, 4028),
                List.of(RecordedReply.ofBody(
                        DeviceEndpoint.WEB, List.of("/summary"), "{\"Status\":1}".getBytes(StandardCharsets.US_ASCII))),
                null)));

        assertThat(device.endpoints()).containsOnlyKeys(DeviceEndpoint.CGMINER, DeviceEndpoint.WEB);
        assertThat(device.endpoints().values()).containsOnly(device.port());
    }

    @Test
    void whatsminers_third_api_is_recorded_without_its_lengths() {
        RecordedDevice device =
                roundTrip(replaying(device(reply(DeviceEndpoint.WHATSMINER, "get.device.info", "\7\0\0\0{\"a\":1}"))));

        assertThat(device.reply(DeviceEndpoint.WHATSMINER, "get.device.info")).isPresent();
    }

    @Test
    void secrets_are_masked_in_their_length_and_the_faults_stay() throws IOException {
        RecordedDevice device = roundTrip(replaying(device(reply(DeviceEndpoint.CGMINER, "pools", SECRET_POOLS))));

        try (Stream<Path> files = Files.list(folder.resolve("first"))) {
            assertThat(files)
                    .hasSizeGreaterThan(1)
                    .allSatisfy(file -> assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                            .doesNotContain("kittiwake", "hunter2"));
        }
        assertThat(device.reply(DeviceEndpoint.CGMINER, "pools").orElseThrow().body())
                .hasSameSizeAs(SECRET_POOLS.getBytes(StandardCharsets.ISO_8859_1))
                .asString(StandardCharsets.ISO_8859_1)
                .contains(",}{\"POOL\":1}");
    }

    @Test
    void what_was_read_is_reported() {
        recorded(running(FleetSimulator.builder().miners(1).models(Model.S21_VNISH)), "s21");

        assertThat(main.out())
                .contains("version+summary+stats+pools", "model Antminer S21", "hashrate_ths", "written to ");
    }

    @Test
    void a_device_that_says_nothing_useful_is_recorded_all_the_same() {
        FleetSimulator fleet = running(FleetSimulator.builder().miners(1));
        fleet.trouble(0, Trouble.GARBAGE);

        RecordedDevice device = recorded(fleet, "garbage");

        assertThat(device.reading())
                .isNotNull()
                .satisfies(reading -> assertThat(reading.outcome()).isEqualTo("not_a_miner"));
    }

    @Test
    void nothing_is_written_without_a_response() {
        FleetSimulator fleet = running(FleetSimulator.builder().miners(1));
        fleet.trouble(0, Trouble.GONE);

        int code = main.run(
                "record",
                fleet.addresses().get(0).toString(),
                "--out",
                folder.resolve("gone").toString(),
                "--web-port",
                "1",
                "--whatsminer-port",
                "1",
                "--auradine-port",
                "1");

        assertThat(code).isEqualTo(1);
        assertThat(main.err()).contains("there is nothing to record");
        assertThat(folder.resolve("gone")).doesNotExist();
    }

    @Test
    void nothing_is_written_over_what_is_there() {
        int code = main.run("record", "192.0.2.1", "--out", folder.toString());

        assertThat(code).isEqualTo(2);
        assertThat(main.err()).contains("--out must be a folder that is not there yet");
    }

    @Test
    void the_endpoints_of_the_client_are_those_of_fixtures() {
        assertThat(Arrays.stream(Endpoint.values()).map(Enum::name))
                .containsExactlyElementsOf(
                        Arrays.stream(DeviceEndpoint.values()).map(Enum::name).toList());
    }
}
