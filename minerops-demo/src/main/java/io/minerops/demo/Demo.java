package io.minerops.demo;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Severity;
import io.minerops.api.alert.Thresholds;
import io.minerops.api.alert.Webhook;
import io.minerops.api.alert.WebhookFormat;
import io.minerops.api.internal.Check;
import io.minerops.api.store.RuleStore;
import io.minerops.server.ReferenceServer;
import io.minerops.server.config.Configuration;
import io.minerops.server.config.ServerConfig;
import io.minerops.sqlite.SqliteStore;
import io.minerops.testkit.fleet.FleetSimulator;
import io.minerops.testkit.fleet.Trouble;
import io.minerops.testkit.fleet.TroubleScript;
import io.minerops.testkit.market.FakeMarket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole of it, started and ended together; its database lives as long as it does. */
public final class Demo implements AutoCloseable {
    /** Mean fees of a block in an ordinary week of 2026, BTC. */
    private static final double BLOCK_FEES_BTC = 0.024;

    private static final int MIN_MINERS = 7;
    private static final int MAX_MINERS = 5_000;
    private static final Duration COOLDOWN = Duration.ofMinutes(1);

    /** Above what any simulated miner draws when it is well, below what one draws when it is not. */
    private static final double MAX_POWER_W = 4_500;

    private static final double OFFLINE_MINUTES = 0.4;
    private static final Logger log = LoggerFactory.getLogger(Demo.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    /** From the start of the fleet to the first poll; null before. */
    private volatile @Nullable Duration untilPolls;

    /** The miners that are stopped on purpose. */
    private volatile DemoStops stops = DemoStops.NONE;

    private ReferenceServer server;

    @SuppressWarnings("NullAway.Init") // the server is the last part to start, and nothing is handed out before
    private Demo() {}

    /**
     * Starts everything.
     *
     * @param port the port of the pages; 0 for any free one
     * @param miners how many miners, 7 to 5,000; those above 7, at most 30, are the rack that goes out in each round, so
     *     it takes 37 for the whole rack and 11 for its alerts to exceed the number listed one by one
     * @param seed the same seed gives the same fleet and the same troubles
     * @param logging sets up logging before anything logs
     */
    public static Demo start(int port, int miners, long seed, Consumer<ServerConfig.Logs> logging) {
        Check.between("miners", miners, MIN_MINERS, MAX_MINERS);
        Demo demo = new Demo();
        try {
            demo.startParts(port, miners, seed, logging);
            return demo;
        } catch (IOException e) {
            demo.close();
            throw new UncheckedIOException("the demo cannot start: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            demo.close();
            throw e;
        }
    }

    private void startParts(int port, int miners, long seed, Consumer<ServerConfig.Logs> logging) throws IOException {
        Path folder = Files.createTempDirectory("minerops-demo");
        parts.push(() -> delete(folder));
        Inbox inbox = new Inbox(InstantSource.system());
        MailCatcher mails = opened(MailCatcher.start(inbox));
        PostCatcher posts = opened(PostCatcher.start(inbox));
        FakeMarket market = opened(FakeMarket.start());
        market.blockFees(BLOCK_FEES_BTC);
        market.steadyRetargets();
        FleetSimulator fleet = opened(FleetSimulator.builder()
                .miners(miners)
                .seed(seed)
                .onPorts(InetAddress.getLoopbackAddress(), 0)
                .troubleScript(sincePolls(TroubleScript.demo(miners, DemoRacks.outage(miners), seed)))
                .build());
        fleet.start();
        stops = DemoStops.of(fleet, miners - DemoRacks.outage(miners), miners);
        Instant began = Instant.now();
        ServerConfig config = Configuration.read(settings(port, folder, mails, market, fleet.range()), null);
        logging.accept(config.logs());
        try (SqliteStore store = SqliteStore.open(database(folder))) {
            DemoRacks.place(fleet.addresses(), began).forEach(store.miners()::put);
            createRules(store.rules(), posts.uri(), began);
        }
        server = opened(ReferenceServer.start(config, inbox.routes()));
        untilPolls = Duration.between(began, Instant.now());
    }

    private static Path database(Path folder) {
        return folder.resolve("demo.db");
    }

    /** The troubles begin when the polls do, so that a poll does not see one half of an outage. */
    private TroubleScript sincePolls(TroubleScript script) {
        return (miner, elapsed) -> {
            Duration begin = untilPolls;
            Trouble trouble = begin == null || elapsed.compareTo(begin) < 0
                    ? Trouble.NONE
                    : script.troubleAt(miner, elapsed.minus(begin));
            return trouble == Trouble.NONE ? stops.troubleAt(miner, elapsed) : trouble;
        };
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.push(part);
        return part;
    }

    private static Map<String, String> settings(
            int port, Path folder, MailCatcher mails, FakeMarket market, String range) {
        Map<String, String> settings = new HashMap<>();
        settings.put("MINEROPS_PORT", Integer.toString(port));
        settings.put("MINEROPS_DB", database(folder).toString());
        settings.put("LOG_DIR", folder.resolve("logs").toString());
        settings.put("LOG_LEVEL", "WARN");
        settings.put("MINER_IP_RANGE", range);
        settings.put("POLL_INTERVAL", "5");
        settings.put("DEFAULT_POWER_COST", "0.06");
        settings.put("CGMINER_TIMEOUT", "1");
        settings.put("ALERT_INTERVAL", "10");
        settings.put("ALERT_AFTER_POLL", "true");
        settings.put("PROFITABILITY_INTERVAL", "15");
        settings.put("SMTP_SERVER", "127.0.0.1");
        settings.put("SMTP_PORT", Integer.toString(mails.port()));
        settings.put("SMTP_SECURITY", "none");
        settings.put("SMTP_FROM", "minerops@demo.example");
        settings.put("ALERT_EMAIL", "operator@demo.example");
        settings.put("WEBHOOK_ALLOW", "127.0.0.1");
        settings.put("COINGECKO_URL", market.coinGecko().toString());
        settings.put("BLOCKCHAIN_INFO_URL", market.blockchainInfo().toString());
        settings.put("MEMPOOL_URL", market.mempoolSpace().toString());
        return settings;
    }

    /** Rules that suit a fleet whose troubles last less than a minute, all of them posted too. */
    private static void createRules(RuleStore rules, URI posts, Instant now) {
        Webhook webhook = Webhook.of(posts.toString(), WebhookFormat.GENERIC);
        List.of(
                        AlertRule.builder("High Temperature", RuleType.TEMP).thresholds(Thresholds.of("temp_c", 85)),
                        AlertRule.builder("Miner Offline", RuleType.OFFLINE)
                                .thresholds(Thresholds.of("max_age_minutes", OFFLINE_MINUTES))
                                .severity(Severity.CRITICAL),
                        AlertRule.builder("Hashrate Drop", RuleType.HASHRATE)
                                .thresholds(Thresholds.of("drop_threshold", 0.8)),
                        AlertRule.builder("Fan Speed Low", RuleType.FAN).thresholds(Thresholds.of("min_rpm", 1_000)),
                        AlertRule.builder("Power High", RuleType.POWER)
                                .thresholds(Thresholds.of("max_power_w", MAX_POWER_W))
                                .severity(Severity.INFO),
                        AlertRule.builder("Rack 2 Restarts", RuleType.RESTART)
                                .thresholds(Thresholds.of("restarts", 2))
                                .tagsFilter(List.of(DemoRacks.OUTAGE_TAG)))
                .forEach(rule -> rules.create(
                        rule.cooldown(COOLDOWN)
                                .notifyWebhook(true)
                                .webhook(webhook)
                                .build(),
                        now));
    }

    /** Where the pages are. */
    public URI uri() {
        return server.uri();
    }

    /** Ends every part, the last that was started first. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                log.warn("{} could not be closed", part.getClass().getSimpleName(), e);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
