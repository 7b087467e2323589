package io.minerops.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minerops.server.Main;
import io.minerops.server.support.Answer;
import io.minerops.server.support.Client;
import io.minerops.server.support.FreePort;
import io.minerops.server.support.WebhookTarget;
import io.minerops.sqlite.SqliteFile;
import io.minerops.sqlite.SqliteStore;
import io.minerops.testkit.fleet.FleetSimulator;
import io.minerops.testkit.fleet.Trouble;
import io.minerops.testkit.market.FakeMarket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A server that is told to stop while much is under way. */
class StopTest {
    private static final int MINERS = 5;
    private static final int SIGTERM_EXIT = 143;

    @TempDir
    private Path folder;

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void sigterm_ends_it_within_ten_seconds_and_nothing_is_lost() throws Exception {
        int port = FreePort.find();
        int hookPort;
        Client client = Client.of(URI.create("http://127.0.0.1:" + port));
        try (FleetSimulator fleet =
                        FleetSimulator.builder().miners(MINERS).seed(3).build();
                FakeMarket market = FakeMarket.start()) {
            fleet.start();
            try (ServerSocket silentHook = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
                hookPort = silentHook.getLocalPort();
                Process server = start(port, fleet, market);
                await().atMost(Duration.ofMinutes(1))
                        .ignoreExceptions()
                        .until(() -> client.get("/api/miners/current")
                                        .json()
                                        .path("count")
                                        .intValue()
                                == MINERS);
                client.put(
                        "/api/alerts/rules/1",
                        "{\"notify_webhook\": true, \"webhook_url\": \"" + WebhookTarget.url(hookPort) + "\"}");
                // polls are under way nearly always now
                fleet.trouble(0, Trouble.SILENT);
                fleet.trouble(1, Trouble.HOT);
                silentHook.setSoTimeout(60_000);
                try (Socket delivery = silentHook.accept()) {
                    CompletableFuture<Answer> request = CompletableFuture.supplyAsync(
                            () -> client.post("/api/discovery/scan", "{\"range\": \"" + fleet.range() + "\"}"));
                    long began = System.nanoTime();
                    server.destroy();

                    assertThat(server.waitFor(10, TimeUnit.SECONDS))
                            .as("ended within 10 s")
                            .isTrue();
                    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
                    assertThat(server.exitValue()).isEqualTo(SIGTERM_EXIT);
                    assertThat(delivery.isConnected()).isTrue();
                    // one that was taken was answered, one that was not was refused: none waits for ever
                    assertThat(request.handle((answer, failure) -> answer == null || answer.status() == 200)
                                    .get(5, TimeUnit.SECONDS))
                            .isTrue();
                }
            }
            SqliteFile file = SqliteFile.of(folder.resolve("metrics.db"));
            assertThat(file.check().problems()).isEmpty();
            try (SqliteStore store = SqliteStore.openForReading(file.path())) {
                assertThat(store.metrics().latest().size()).isEqualTo(MINERS);
            }
            try (WebhookTarget hook = WebhookTarget.start(hookPort)) {
                Process again = start(port, fleet, market);
                try {
                    await().atMost(Duration.ofMinutes(2))
                            .until(() -> String.join("", hook.bodies()).contains("\"alert_type\":\"temp\""));
                } finally {
                    again.destroyForcibly().waitFor();
                }
            }
        }
    }

    private Process start(int port, FleetSimulator fleet, FakeMarket market) throws IOException {
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
        return builder.start();
    }
}
