package io.minerops.core.cgminer;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
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
 * the steps in between are nobody else's.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ReplyParsingBenchmark {
    private final MinerAddress miner = MinerAddress.of("10.0.0.1");
    private byte[] summary = {};
    private byte[] stats = {};

    @Setup
    public void ask() throws IOException {
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
