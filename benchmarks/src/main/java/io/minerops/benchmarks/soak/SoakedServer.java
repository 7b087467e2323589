package io.minerops.benchmarks.soak;

import io.minerops.testkit.fleet.FleetSimulator;
import io.minerops.testkit.market.FakeMarket;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The runnable jar in a process of its own, over a fleet and a market of this one. */
final class SoakedServer implements AutoCloseable {
    private static final int PORT = 5960;
    private static final Duration START = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Process process;

    private SoakedServer(Process process) {
        this.process = process;
    }

    static SoakedServer start(
            Path jar, Path folder, String heap, FleetSimulator fleet, FakeMarket market, Duration pollInterval)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heap,
                        "-jar",
                        jar.toAbsolutePath().toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("server.log").toFile());
        builder.environment()
                .putAll(Map.of(
                        "MINEROPS_PORT", Integer.toString(PORT),
                        "MINER_IP_RANGE", fleet.range(),
                        "POLL_INTERVAL", Long.toString(pollInterval.toSeconds()),
                        "ALERT_INTERVAL", "20",
                        "PROFITABILITY_INTERVAL", "30",
                        "RATE_LIMIT_PER_MINUTE", "0",
                        "COINGECKO_URL", market.coinGecko().toString(),
                        "BLOCKCHAIN_INFO_URL", market.blockchainInfo().toString(),
                        "MEMPOOL_URL", market.mempoolSpace().toString()));
        SoakedServer server = new SoakedServer(builder.start());
        try {
            server.awaitReady(fleet.addresses().size());
            return server;
        } catch (InterruptedException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + PORT + path);
    }

    String get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** The sum of the samples of a metric whose labels hold that text. */
    double metric(String name, String label) throws IOException, InterruptedException {
        return get("/metrics")
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> line.contains(label))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** What is alive on its heap, MB: what a collection leaves. */
    double liveHeapMb() throws IOException, InterruptedException {
        new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(process.pid()),
                        "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        return metric("jvm_memory_used_bytes", "area=\"heap\"") / (1024 * 1024);
    }

    /** What it occupies of the machine's memory, MB. */
    double residentMb() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .sum();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Until every miner was read once: one that never answered is not registered, and a request for it gets 404. */
    private void awaitReady(int miners) throws InterruptedException {
        long end = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            try {
                if (get("/api/summary").contains("\"miners_total\":" + miners + ",")) {
                    return;
                }
            } catch (IOException e) {
                // it does not listen yet, which is what is waited for
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new IllegalStateException("the server had not read every miner within " + START.toSeconds() + " s");
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the server did not stop within 10 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }
}
