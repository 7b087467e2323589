package io.minerops.core.device.internal.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.minerops.api.miner.BoardReading;
import io.minerops.api.miner.HashBoard;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.Pool;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import io.minerops.core.device.internal.reading.Replies;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A Whatsminer on loopback that speaks its third API over real sockets. */
public final class FakeWhatsminer implements AutoCloseable {
    public static final MinerIdentity IDENTITY =
            new MinerIdentity("MicroBT", "M60S VK40", "20251209.16.Rel2", "02:00:5e:00:53:0b", "rack-8", "HTM60X1");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, String> replies;
    private final ServerSocket server;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final List<String> queried = new CopyOnWriteArrayList<>();

    private FakeWhatsminer(Map<String, String> replies) {
        this.replies = replies;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread.execute(this::accept);
    }

    public static FakeWhatsminer answering(Map<String, String> replies) {
        return new FakeWhatsminer(replies);
    }

    /** Whole replies, each under its command and parameter; what they come to is {@link #sample}. */
    public static Map<String, String> replies() {
        return new HashMap<>(
                Map.of(
                        "get.device.info",
                        message(
                                "\"miner\":{\"working\":\"true\",\"board-num\":\"3\",\"type\":\"M60S_VK40\",\"miner-sn\":\"HTM60X1\"},"
                                        + "\"network\":{\"hostname\":\"rack-8\",\"mac\":\"02:00:5E:00:53:0B\"},"
                                        + "\"system\":{\"api\":\"3.0.2\",\"fwversion\":\"20251209.16.Rel2\"},\"salt\":\"x\""),
                        "get.miner.status summary",
                        message(
                                "\"summary\":{\"elapsed\":50000,\"factory-hash\":181.0,\"hash-average\":170.0,\"hash-1min\":172.0,"
                                        + "\"hash-realtime\":171.0,\"power-realtime\":3156.0,\"power-limit\":3600,\"fan-speed-in\":5400,"
                                        + "\"fan-speed-out\":5280,\"chip-temp-avg\":75.5,\"chip-temp-max\":82.0,"
                                        + "\"board-temperature\":[41.1,40.1,41.5]}"),
                        "get.miner.status edevs",
                        message(
                                "\"edevs\":[{\"status\":\"alive\",\"effective-chips\":75,\"chip-temp-avg\":74.0},"
                                        + "{\"status\":\"alive\",\"effective-chips\":75},{\"status\":\"alive\",\"effective-chips\":70}]"),
                        "get.miner.status pools",
                        message(
                                "\"pools\":[{\"url\":\"stratum+tcp://a.example:3333\",\"account\":\"farm.8\",\"status\":\"alive\","
                                        + "\"stratum-active\":false},{\"url\":\"stratum+tcp://me:secret@b.example:3333\","
                                        + "\"account\":\"farm.8\",\"status\":\"alive\",\"stratum-active\":true},"
                                        + "{\"url\":\"stratum+tcp://c.example:3333\",\"status\":\"dead\",\"stratum-active\":false}]")));
    }

    /** What the whole replies come to. */
    public static MetricSample sample(MinerAddress miner) {
        return MetricSample.builder(miner, Replies.NOW)
                .set(Reading.HASHRATE_THS, 171)
                .set(Reading.HASHRATE_AVG_THS, 170)
                .set(Reading.POWER_W, 3156)
                .set(Reading.AVG_TEMP_C, 75.5)
                .set(Reading.MAX_TEMP_C, 82)
                .set(Reading.AVG_FAN_RPM, 5340)
                .set(Reading.MIN_FAN_RPM, 5280)
                .set(Reading.MAX_FAN_RPM, 5400)
                .set(Reading.ELAPSED_S, 50_000)
                .set(Reading.BOARDS_ALIVE, 3)
                .set(Reading.BOARDS_EXPECTED, 3)
                .set(Reading.CHIPS_ALIVE, 220)
                .set(Reading.CHIPS_EXPECTED, 225)
                .set(Reading.POOLS_ALIVE, 2)
                .pool(new Pool("stratum+tcp://b.example:3333", "farm.8"))
                .set(Reading.BOARD_TEMP_C, 41.5)
                .set(Reading.POWER_LIMIT_W, 3_600)
                .set(Reading.EXPECTED_THS, 181)
                .state(WorkState.MINING)
                .boards(List.of(
                        HashBoard.builder(0)
                                .set(BoardReading.CHIPS_ALIVE, 75)
                                .set(BoardReading.CHIPS_EXPECTED, 75)
                                .set(BoardReading.BOARD_TEMP_C, 41.1)
                                .build(),
                        HashBoard.builder(1)
                                .set(BoardReading.CHIPS_ALIVE, 75)
                                .set(BoardReading.CHIPS_EXPECTED, 75)
                                .set(BoardReading.BOARD_TEMP_C, 40.1)
                                .build(),
                        HashBoard.builder(2)
                                .set(BoardReading.CHIPS_ALIVE, 70)
                                .set(BoardReading.CHIPS_EXPECTED, 75)
                                .set(BoardReading.BOARD_TEMP_C, 41.5)
                                .build()))
                .build();
    }

    public int port() {
        return server.getLocalPort();
    }

    /** The commands with their parameters, in the order in which they came. */
    public List<String> queried() {
        return queried;
    }

    private static String message(String fields) {
        return "{\"code\":0,\"when\":1,\"msg\":{" + fields + "},\"desc\":\"get\"}";
    }

    private void accept() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                answer(socket);
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void answer(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        JsonNode request = JSON.readTree(in.readNBytes(Integer.reverseBytes(in.readInt())));
        String command =
                (request.path("cmd").asText() + " " + request.path("param").asText("")).strip();
        queried.add(command);
        byte[] reply = Replies.bytes(
                replies.getOrDefault(command, "{\"code\":-2,\"when\":1,\"msg\":\"invalid command\",\"desc\":\"\"}"));
        socket.getOutputStream().write(LengthFraming.header(reply.length));
        // the length and the message may come apart
        socket.getOutputStream().flush();
        socket.getOutputStream().write(reply);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread.shutdownNow();
    }
}
