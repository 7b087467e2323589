package io.minerops.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minerops.server.support.Answer;
import io.minerops.server.support.Client;
import io.minerops.server.support.FreePort;
import io.minerops.server.support.ServerProcess;
import io.minerops.server.support.WebhookTarget;
import io.minerops.sqlite.SqliteFile;
import io.minerops.sqlite.SqliteStore;
import io.minerops.testkit.fleet.FleetSimulator;
import io.minerops.testkit.fleet.Trouble;
import io.minerops.testkit.market.FakeMarket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A server that is stopped while much is under way. */
class StopTest {
    private static final int MINERS = 5;
    private static final int SIGTERM_EXIT = 143;

    @TempDir
    private Path folder;

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void sigterm_ends_it_within_ten_seconds_and_nothing_is_lost() throws Exception {
        int port = FreePort.find();
        try (FleetSimulator fleet =
                        FleetSimulator.builder().miners(MINERS).seed(3).build();
                FakeMarket market = FakeMarket.start()) {
            fleet.start();
            int hookPort;
            try (ServerProcess server = ServerProcess.start(folder, port, fleet, market);
                    ServerSocket silentHook = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
                hookPort = silentHook.getLocalPort();
                server.awaitMiners(MINERS);
                deliverTo(hookPort, server.client());
                // polls are under way nearly always now
                fleet.trouble(0, Trouble.SILENT);
                fleet.trouble(1, Trouble.HOT);
                silentHook.setSoTimeout(60_000);
                try (Socket delivery = silentHook.accept()) {
                    assertThat(delivery.getInputStream().read())
                            .as("a delivery has begun")
                            .isPositive();
                    stop(server, fleet);
                }
            }
            SqliteFile file = SqliteFile.of(folder.resolve("metrics.db"));
            assertThat(file.check().problems()).isEmpty();
            try (SqliteStore store = SqliteStore.openForReading(file.path())) {
                assertThat(store.metrics().latest().size()).isEqualTo(MINERS);
            }
            try (WebhookTarget hook = WebhookTarget.start(hookPort);
                    ServerProcess again = ServerProcess.start(folder, port, fleet, market)) {
                await().atMost(Duration.ofMinutes(2))
                        .until(() -> String.join("", hook.bodies()).contains("\"alert_type\":\"temp\""));
                assertThat(again.process().isAlive()).isTrue();
            }
        }
    }

    /** While a scan that a client waits for is under way. */
    private static void stop(ServerProcess server, FleetSimulator fleet) throws Exception {
        CompletableFuture<Answer> scan = CompletableFuture.supplyAsync(
                () -> server.client().post("/api/discovery/scan", "{\"range\": \"" + fleet.range() + "\"}"));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> server.client()
                                .get("/api/discovery/jobs")
                                .json()
                                .path("count")
                                .intValue()
                        == 1);
        long began = System.nanoTime();
        server.process().destroy();

        assertThat(server.process().waitFor(10, TimeUnit.SECONDS))
                .as("ended within 10 s")
                .isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
        assertThat(server.process().exitValue()).isEqualTo(SIGTERM_EXIT);
        assertThat(scan.get(5, TimeUnit.SECONDS).status())
                .as("what was under way was answered")
                .isEqualTo(200);
    }

    private static void deliverTo(int port, Client client) {
        Answer changed = client.put(
                "/api/alerts/rules/1",
                "{\"notify_webhook\": true, \"webhook_url\": \"" + WebhookTarget.url(port) + "\"}");
        assertThat(changed.status()).isEqualTo(200);
    }
}
