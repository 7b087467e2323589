package io.minerops.server.support;

import static org.awaitility.Awaitility.await;

import io.minerops.core.job.Job;
import io.minerops.server.ReferenceServer;
import io.minerops.server.config.LoadedSettings;
import io.minerops.server.config.LogLevel;
import io.minerops.testkit.fleet.FleetSimulator;
import io.minerops.testkit.market.FakeMarket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The real server over a simulated fleet, a market on loopback and a database in a folder of its own, from the first test
 * of a class to its last, those of nested classes included. It polls once at its start and then on request of a test.
 */
public final class RunningServer implements BeforeAllCallback, AfterAllCallback {
    private static final Set<String> AT_START = Set.of(Job.POLL_METRICS.key(), Job.CHECK_ALERTS.key());

    private final Map<String, String> settings = new HashMap<>();
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final FleetSimulator fleet;
    private int classes;
    private Path folder;
    private FakeMarket market;
    private ReferenceServer server;
    private @Nullable Path configFile;
    private volatile @Nullable LogLevel logLevel;

    private RunningServer(FleetSimulator fleet) {
        this.fleet = fleet;
    }

    /** A server over so many miners, not yet started. */
    public static RunningServer of(int miners) {
        return over(FleetSimulator.builder().miners(miners).seed(7).build());
    }

    /** A server over that fleet, not yet started. */
    public static RunningServer over(FleetSimulator fleet) {
        return new RunningServer(fleet);
    }

    /** The same server with one more setting. */
    public RunningServer with(String name, String value) {
        settings.put(name, value);
        return this;
    }

    /** The same server with settings from a file too; the others are its environment, and win. */
    public RunningServer withConfigFile(Path file) {
        configFile = file;
        return this;
    }

    /** The level of logging that it has changed to; null where it has not. */
    public @Nullable LogLevel logLevel() {
        return logLevel;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        if (classes++ == 0) {
            start();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        if (--classes == 0) {
            close();
        }
    }

    /** Starts all parts. */
    public void start() throws IOException {
        folder = Files.createTempDirectory("minerops-test");
        parts.push(() -> delete(folder));
        fleet.start();
        parts.push(fleet);
        market = FakeMarket.start();
        market.steadyRetargets();
        parts.push(market);
        startServer();
    }

    /** Ends the server, as an operator would, and leaves its database, its fleet and its market. */
    public void stopServer() throws Exception {
        parts.pop().close();
    }

    /** Starts a server on the database that there is. */
    public void startServer() {
        Supplier<LoadedSettings> again = () -> LoadedSettings.read(allSettings(), configFile);
        server = ReferenceServer.start(again.get(), again, configFile, level -> logLevel = level, List.of());
        parts.push(server);
    }

    /** Waits until the poll and the check that belong to the start have ended, so that they change nothing later. */
    public void awaitStart() {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> server.ops().jobs().stream()
                        .filter(job -> AT_START.contains(job.name()))
                        .allMatch(job -> job.runs() > 0 && !job.running()));
    }

    /** Ends all parts, the last that was started first. */
    public void close() throws Exception {
        while (!parts.isEmpty()) {
            parts.pop().close();
        }
    }

    private Map<String, String> allSettings() {
        Map<String, String> all = new HashMap<>(Map.of(
                "MINEROPS_PORT", "0",
                "MINEROPS_DB", database().toString(),
                "MINER_IP_RANGE", fleet.range(),
                "CGMINER_TIMEOUT", "1",
                "POLL_INTERVAL", "3600",
                "ALERT_INTERVAL", "3600",
                "PROFITABILITY_INTERVAL", "3600",
                "RATE_LIMIT_PER_MINUTE", "0",
                "WEBHOOK_ALLOW", "127.0.0.1"));
        all.put("CERTIFICATE_KEY_FILE", folder.resolve("certificate.key").toString());
        all.put("COINGECKO_URL", market.coinGecko().toString());
        all.put("COINCAP_URL", market.coinCap().toString());
        all.put("BLOCKCHAIN_INFO_URL", market.blockchainInfo().toString());
        all.put("MEMPOOL_URL", market.mempoolSpace().toString());
        all.putAll(settings);
        return all;
    }

    /** The database file. */
    public Path database() {
        return folder.resolve("metrics.db");
    }

    /** The server itself. */
    public ReferenceServer server() {
        return server;
    }

    /** The fleet behind it. */
    public FleetSimulator fleet() {
        return fleet;
    }

    /** The market behind it. */
    public FakeMarket market() {
        return market;
    }

    /** A client of it, without a token. */
    public Client client() {
        return Client.of(server.uri());
    }

    /** How the outside names a miner of the fleet. */
    public String name(int miner) {
        return fleet.addresses().get(miner).toString(4028);
    }

    /** How the outside names all miners of the fleet. */
    public List<String> names() {
        return fleet.addresses().stream().map(address -> address.toString(4028)).toList();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
