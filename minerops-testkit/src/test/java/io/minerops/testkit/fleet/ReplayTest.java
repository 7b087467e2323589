package io.minerops.testkit.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.miner.MinerAddress;
import io.minerops.testkit.fixture.DeviceEndpoint;
import io.minerops.testkit.fixture.RecordedDevice;
import io.minerops.testkit.fixture.RecordedReply;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients hear of a miner that replays a recorded device, byte by byte. */
class ReplayTest {
    private static final String SUMMARY = "{\"SUMMARY\":[{\"GHS 5s\":nan,}{\"b\":1}],\"id\":1}";
    private static final String STATS = "{\"STATS\":[{\"Type\":\"B\u00e4r }{ \"}]}";

    private FleetSimulator fleet = FleetSimulator.builder().build();

    @AfterEach
    void close() {
        fleet.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static RecordedReply reply(String body, String... commands) {
        return RecordedReply.ofWire(DeviceEndpoint.CGMINER, List.of(commands), bytes(body));
    }

    private static RecordedReply at(DeviceEndpoint endpoint, String wireName, String wire) {
        return RecordedReply.ofWire(endpoint, List.of(wireName), bytes(wire));
    }

    private void replaying(RecordedReply... replies) {
        Map<DeviceEndpoint, Integer> endpoints = new EnumMap<>(DeviceEndpoint.class);
        for (RecordedReply reply : replies) {
            endpoints.put(reply.endpoint(), reply.endpoint().usualPort());
        }
        replaying(new RecordedDevice("device", null, 4028, endpoints, List.of(replies), null));
    }

    private void replaying(RecordedDevice device) {
        fleet = FleetSimulator.builder().miners(0).replay(device).build();
        fleet.start();
    }

    private MinerAddress endpoint(DeviceEndpoint endpoint) {
        return Objects.requireNonNull(fleet.endpoints(0).get(endpoint), endpoint.key());
    }

    private String exchange(String command) throws IOException {
        return text(MinerCall.send(fleet.addresses().get(0), "{\"command\":\"" + command + "\"}"));
    }

    private String get(DeviceEndpoint endpoint, String target) throws IOException {
        return text(MinerCall.send(endpoint(endpoint), "GET " + target + " HTTP/1.1\r\nHost: miner\r\n\r\n"));
    }

    private String whatsminer(String message) throws IOException {
        return text(MinerCall.send(endpoint(DeviceEndpoint.WHATSMINER), (char) message.length() + "\0\0\0" + message));
    }

    @Nested
    class At_the_cgminer_endpoint {
        @Test
        void a_reply_comes_byte_by_byte_as_it_was_recorded() throws IOException {
            replaying(reply(SUMMARY + "\0", "summary"), reply("STATUS=S|STATS=0|\n", "stats"));

            assertThat(exchange("summary")).isEqualTo(SUMMARY + "\0");
            assertThat(exchange("stats")).isEqualTo("STATUS=S|STATS=0|\n");
        }

        @Test
        void what_was_not_queried_is_an_invalid_command() throws IOException {
            replaying(reply(SUMMARY, "summary"));

            assertThat(exchange("devs")).contains("\"Code\":14").endsWith("\0");
            assertThat(exchange("summary+devs")).contains("\"Code\":14").doesNotContain("SUMMARY");
        }

        @Test
        void what_was_not_queried_is_refused_in_the_words_of_the_firmware_where_these_are_known() throws IOException {
            String refusal = "{\"STATUS\":[{\"STATUS\":\"E\",\"When\":7,\"Code\":14,\"Msg\":\"invalid cmd\"}]}\0";
            replaying(reply(SUMMARY, "summary"), reply(refusal, "version"));

            assertThat(exchange("devs")).isEqualTo(refusal);
        }

        @Test
        void a_device_that_speaks_text_refuses_in_text() throws IOException {
            replaying(reply("STATUS=S,Code=70|STATS=0|\0", "stats"));

            assertThat(exchange("summary"))
                    .startsWith("STATUS=E,")
                    .contains("Code=14")
                    .endsWith("|\0");
        }

        @Test
        void one_command_is_cut_out_of_the_reply_to_several_faults_and_all() throws IOException {
            replaying(
                    reply("{\"summary\":[" + SUMMARY + "],\"stats\":[" + STATS + "],\"id\":1}\0", "summary", "stats"));

            assertThat(exchange("summary")).isEqualTo(SUMMARY + "\0");
            assertThat(exchange("stats")).isEqualTo(STATS + "\0");
        }

        @Test
        void several_are_put_together_where_the_device_is_known_to_join_them() throws IOException {
            replaying(
                    reply("{\"summary\":[" + SUMMARY + "],\"stats\":[" + STATS + "],\"id\":1}\0", "summary", "stats"),
                    reply("{\"POOLS\":[]}\0", "pools"));

            assertThat(exchange("stats+pools"))
                    .isEqualTo("{\"stats\":[" + STATS + "],\"pools\":[{\"POOLS\":[]}],\"id\":1}\0");
        }

        @Test
        void several_are_refused_as_they_were_when_recorded() throws IOException {
            String refusal = "{\"STATUS\":[{\"STATUS\":\"E\",\"When\":1,\"Code\":24}]}\n";
            replaying(reply(refusal, "version", "summary"), reply(SUMMARY, "summary"), reply(STATS, "stats"));

            assertThat(exchange("summary+stats")).isEqualTo(refusal);
            assertThat(exchange("summary")).isEqualTo(SUMMARY);
        }
    }

    @Nested
    class At_other_endpoints {
        private static final String CHUNKED =
                "HTTP/1.1 200 OK\r\nContent-Type: text/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n";

        @Test
        void a_web_server_answers_with_what_it_answered_in_the_same_framing() throws IOException {
            replaying(at(DeviceEndpoint.WEB, "/api/system/info", CHUNKED));

            assertThat(get(DeviceEndpoint.WEB, "/api/system/info"))
                    .startsWith("HTTP/1.1 200 ")
                    .contains("Content-Type: text/json\r\n", "Transfer-Encoding: chunked\r\n")
                    .endsWith("\r\n\r\n2\r\n{}\r\n0\r\n\r\n");
            assertThat(get(DeviceEndpoint.WEB, "/other")).startsWith("HTTP/1.1 404 ");
        }

        @Test
        void a_request_may_come_in_pieces() throws IOException {
            replaying(
                    at(DeviceEndpoint.WEB, "/x", CHUNKED),
                    at(DeviceEndpoint.WHATSMINER, "get.device.info", "\2\0\0\0{}"));

            assertThat(inPieces(DeviceEndpoint.WEB, "GET /x HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 200 ");
            assertThat(inPieces(DeviceEndpoint.WHATSMINER, "\31\0\0\0{\"cmd\":\"get.device.info\"}"))
                    .isEqualTo("\2\0\0\0{}");
        }

        private String inPieces(DeviceEndpoint endpoint, String request) throws IOException {
            try (Socket socket = MinerCall.connect(endpoint(endpoint))) {
                socket.setTcpNoDelay(true);
                OutputStream out = socket.getOutputStream();
                for (byte next : bytes(request)) {
                    out.write(next);
                }
                return text(socket.getInputStream().readAllBytes());
            }
        }

        @Test
        void whatsminers_third_api_is_queried_by_command_and_parameter() throws IOException {
            replaying(
                    at(DeviceEndpoint.WHATSMINER, "get.miner.status summary", "\7\0\0\0{\"a\":1}"),
                    at(DeviceEndpoint.WHATSMINER, "get.device.info", "\2\0\0\0{}"));

            assertThat(whatsminer("{\"cmd\":\"get.miner.status\",\"param\":\"summary\"}"))
                    .isEqualTo("\7\0\0\0{\"a\":1}");
            assertThat(whatsminer("{\"cmd\":\"get.device.info\"}")).isEqualTo("\2\0\0\0{}");
            assertThat(whatsminer("{\"cmd\":\"set.miner.restart\"}")).contains("invalid command");
            assertThat(whatsminer("no json")).contains("invalid command");
        }

        @Test
        void the_address_refuses_where_the_cgminer_endpoint_was_shut() {
            replaying(at(DeviceEndpoint.WEB, "/x", CHUNKED));

            assertThatThrownBy(() -> exchange("version")).isInstanceOf(ConnectException.class);
            assertThat(fleet.endpoints(0)).containsOnlyKeys(DeviceEndpoint.WEB);
        }

        @Test
        void a_web_server_may_be_behind_the_address_itself() throws IOException {
            replaying(new RecordedDevice(
                    "device",
                    null,
                    4028,
                    Map.of(DeviceEndpoint.CGMINER, 4028, DeviceEndpoint.WEB, 4028),
                    List.of(
                            reply("HTTP/1.1 400 Bad Request\r\n\r\n", "version"),
                            at(DeviceEndpoint.WEB, "/summary", CHUNKED)),
                    null));

            assertThat(endpoint(DeviceEndpoint.WEB)).isEqualTo(fleet.addresses().get(0));
            assertThat(exchange("version")).startsWith("HTTP/1.1 400 ");
            assertThat(get(DeviceEndpoint.WEB, "/summary")).startsWith("HTTP/1.1 200 ");
        }
    }

    @Nested
    class A_fleet {
        @Test
        void has_drawn_miners_first_and_then_those_that_replay() throws IOException {
            fleet = FleetSimulator.builder()
                    .miners(2)
                    .replay(new RecordedDevice(
                            "s9",
                            null,
                            4028,
                            Map.of(DeviceEndpoint.CGMINER, 4028),
                            List.of(reply(SUMMARY, "summary")),
                            null))
                    .build();
            fleet.start();

            assertThat(MinerCall.exchange(fleet.addresses().get(1), "summary").has("SUMMARY"))
                    .isTrue();
            assertThat(text(MinerCall.send(fleet.addresses().get(2), "{\"command\":\"summary\"}")))
                    .isEqualTo(SUMMARY);
            assertThat(fleet.recorded(2)).map(RecordedDevice::name).contains("s9");
            assertThat(fleet.recorded(1)).isEmpty();
            assertThatThrownBy(() -> fleet.simulated(2)).hasMessageContaining("replays a recorded device");
        }

        @Test
        void of_a_thousand_that_replay_answers_all_clients_at_once() throws IOException {
            FleetSimulator.Builder builder = FleetSimulator.builder().miners(0);
            RecordedDevice device = new RecordedDevice(
                    "s9", null, 4028, Map.of(DeviceEndpoint.CGMINER, 4028), List.of(reply(SUMMARY, "summary")), null);
            for (int copy = 0; copy < 1_000; copy++) {
                builder.replay(device);
            }
            fleet = builder.build();
            fleet.start();
            List<Socket> clients = new ArrayList<>();
            try {
                for (MinerAddress address : fleet.addresses()) {
                    clients.add(MinerCall.connect(address));
                }
                for (Socket client : clients) {
                    client.getOutputStream().write(bytes("{\"command\":\"summary\"}"));
                }
                for (Socket client : clients) {
                    assertThat(text(client.getInputStream().readAllBytes())).isEqualTo(SUMMARY);
                }
            } finally {
                for (Socket client : clients) {
                    client.close();
                }
            }
            assertThat(clients).hasSize(1_000);
        }

        @Test
        void cannot_be_without_any_miner() {
            assertThatThrownBy(() -> FleetSimulator.builder().miners(0).build())
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessage("the number of miners must be between 1 and 20000, not 0");
        }

        @ParameterizedTest
        @EnumSource(
                value = Trouble.class,
                names = {"HOT", "SLOW", "ZERO", "DEAD_FAN", "OVER_POWER"})
        void cannot_give_a_recorded_device_what_its_replies_do_not_show(Trouble trouble) {
            replaying(reply(SUMMARY, "summary"));

            assertThatThrownBy(() -> fleet.trouble(0, trouble))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining(trouble + " does not show on miner 0")
                    .hasMessageContaining("GARBAGE");
        }

        @Test
        void takes_down_every_endpoint_of_a_miner_that_is_gone() throws IOException {
            replaying(reply(SUMMARY, "summary"), at(DeviceEndpoint.WHATSMINER, "get.device.info", "\2\0\0\0{}"));
            fleet.trouble(0, Trouble.GONE);

            assertThatThrownBy(() -> exchange("summary")).isInstanceOf(ConnectException.class);
            assertThatThrownBy(() -> whatsminer("{}")).isInstanceOf(ConnectException.class);
            fleet.heal(0);
            assertThat(exchange("summary")).isEqualTo(SUMMARY);
        }

        @ParameterizedTest
        @ValueSource(strings = {"GET /", "POST /", "\1\2", "\0"})
        void survives_requests_that_end_before_they_are_whole(String request) throws IOException {
            replaying(
                    reply(SUMMARY, "summary"),
                    at(DeviceEndpoint.WEB, "/x", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"),
                    at(DeviceEndpoint.WHATSMINER, "get.device.info", "\2\0\0\0{}"));
            for (DeviceEndpoint endpoint : fleet.endpoints(0).keySet()) {
                try (Socket socket = MinerCall.connect(endpoint(endpoint))) {
                    socket.getOutputStream().write(bytes(request));
                }
            }

            assertThat(exchange("summary")).isEqualTo(SUMMARY);
        }
    }
}
