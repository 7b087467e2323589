package io.minerops.server.support;

import static org.awaitility.Awaitility.await;

import io.minerops.server.Main;
import io.minerops.testkit.fleet.FleetSimulator;
import io.minerops.testkit.market.FakeMarket;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The server as a process of its own, which polls a simulated fleet each second. Starting it again in the same folder goes
 * on with the database and the log that are there. Closing it kills it where it lives.
 */
public final class ServerProcess implements AutoCloseable {
    private final Process process;
    private final Client client;

    private ServerProcess(Process process, Client client) {
        this.process = process;
        this.client = client;
    }

    /** Starts it. */
    public static ServerProcess start(Path folder, int port, FleetSimulator fleet, FakeMarket market)
            throws IOException {
        return start(folder, port, fleet, market, Map.of());
    }

    /** Starts it with more settings. */
    public static ServerProcess start(
            Path folder, int port, FleetSimulator fleet, FakeMarket market, Map<String, String> more)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("server.log").toFile()));
        builder.environment()
                .putAll(Map.of(
                        "MINEROPS_PORT", Integer.toString(port),
                        "MINEROPS_DB", folder.resolve("metrics.db").toString(),
                        "LOG_DIR", folder.resolve("logs").toString(),
                        "MINER_IP_RANGE", fleet.range(),
                        "POLL_INTERVAL", "1",
                        "ALERT_AFTER_POLL", "true",
                        "WEBHOOK_ALLOW", "127.0.0.1",
                        "COINGECKO_URL", market.coinGecko().toString(),
                        "BLOCKCHAIN_INFO_URL", market.blockchainInfo().toString(),
                        "MEMPOOL_URL", market.mempoolSpace().toString()));
        builder.environment().putAll(more);
        return new ServerProcess(builder.start(), Client.of(URI.create("http://127.0.0.1:" + port)));
    }

    /** Queries it. */
    public Client client() {
        return client;
    }

    /** The process. */
    public Process process() {
        return process;
    }

    /** Waits until it shows so many miners. */
    public void awaitMiners(int count) {
        await().atMost(Duration.ofMinutes(1))
                .ignoreExceptions()
                .until(() ->
                        client.get("/api/miners/current").json().path("count").intValue() == count);
    }

    /** Kills it. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
