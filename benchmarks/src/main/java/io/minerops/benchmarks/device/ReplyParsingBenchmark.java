package io.minerops.benchmarks.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Reading;
import io.minerops.core.device.internal.normalise.Slots;
import io.minerops.core.device.internal.vendor.Families;
import io.minerops.core.device.internal.wire.Reply;
import io.minerops.core.device.internal.wire.ReplyReader;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceReplies;
import io.minerops.testkit.fleet.FleetSimulator;
import io.minerops.testkit.fleet.Model;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * From the bytes of a miner's {@code summary} and {@code stats} to a sample. It lives in the client's own package because
 * the steps in between are internal.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ReplyParsingBenchmark {
    private static final ObjectMapper NAIVE = new ObjectMapper();

    private final MinerAddress miner = MinerAddress.of("10.0.0.1");
    private byte[] summary = {};
    private byte[] stats = {};

    @Setup
    public void exchange() throws IOException {
        try (FleetSimulator fleet =
                FleetSimulator.builder().miners(1).models(Model.S19_PRO).build()) {
            fleet.start();
            summary = reply(fleet.addresses().get(0), "summary");
            stats = reply(fleet.addresses().get(0), "stats");
        }
    }

    private static byte[] reply(MinerAddress address, String command) throws IOException {
        try (Socket socket = new Socket(address.host(), address.port())) {
            socket.getOutputStream().write(("{\"command\":\"" + command + "\"}").getBytes(StandardCharsets.UTF_8));
            return socket.getInputStream().readAllBytes();
        }
    }

    /** The naive way: Jackson's tree of each reply, and the same readings looked up in it, with no check of any. */
    @Benchmark
    public MetricSample naively() throws IOException {
        JsonNode ofSummary = tree(summary).path("SUMMARY").path(0);
        JsonNode ofStats = tree(stats).path("STATS").path(1);
        double hottest = 0;
        double temperatures = 0;
        int sensors = 0;
        double rpm = 0;
        int fans = 0;
        double boards = 0;
        double chips = 0;
        for (int slot = 1; slot <= Slots.MOST; slot++) {
            for (String sensor : ofStats.path("temp_chip" + slot).asText("").split("-", -1)) {
                if (!sensor.isEmpty()) {
                    double celsius = Double.parseDouble(sensor);
                    temperatures += celsius;
                    hottest = Math.max(hottest, celsius);
                    sensors++;
                }
            }
            double speed = ofStats.path("fan" + slot).asDouble();
            rpm += speed;
            fans += speed > 0 ? 1 : 0;
            double working = ofStats.path("chain_acn" + slot).asDouble();
            chips += working;
            boards += working > 0 ? 1 : 0;
        }
        return MetricSample.builder(miner, Instant.EPOCH)
                .set(Reading.HASHRATE_THS, ofStats.path("GHS 5s").asDouble() / 1e3)
                .set(Reading.HASHRATE_AVG_THS, ofStats.path("GHS av").asDouble() / 1e3)
                .set(Reading.ELAPSED_S, ofStats.path("Elapsed").asDouble())
                .set(Reading.ACCEPTED, ofSummary.path("Accepted").asDouble())
                .set(Reading.REJECTED, ofSummary.path("Rejected").asDouble())
                .set(Reading.HW_ERRORS, ofSummary.path("Hardware Errors").asDouble())
                .set(Reading.AVG_TEMP_C, temperatures / sensors)
                .set(Reading.MAX_TEMP_C, hottest)
                .set(Reading.AVG_FAN_RPM, rpm / fans)
                .set(Reading.BOARDS_ALIVE, boards)
                .set(Reading.CHIPS_ALIVE, chips)
                .build();
    }

    private static JsonNode tree(byte[] reply) throws IOException {
        return NAIVE.readTree(new String(reply, StandardCharsets.UTF_8).replace("\0", ""));
    }

    @Benchmark
    public MetricSample summaryAndStats() {
        DeviceReplies replies = DeviceReplies.none()
                .with(Command.SUMMARY, ((Reply.Value) ReplyReader.read(summary)).root())
                .with(Command.STATS, ((Reply.Value) ReplyReader.read(stats)).root());
        return Families.STANDARD
                .of(replies)
                .normalise(replies, miner, Instant.EPOCH)
                .sample();
    }
}
