package io.minerops.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minerops.server.support.FreePort;
import io.minerops.server.support.PersistentClients;
import io.minerops.server.support.ServerProcess;
import io.minerops.testkit.fleet.FleetSimulator;
import io.minerops.testkit.market.FakeMarket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** The first seconds of a process, in which code is still interpreted and threads overtake each other elsewhere. */
class ColdStartTest {
    private static final List<String> PATHS = List.of(
            "/dashboard",
            "/dashboard/alerts",
            "/assets/style.css",
            "/api/summary",
            "/api/alerts?limit=20",
            "/api/miners/current",
            "/api/profitability/history?days=7",
            "/api/alerts/rules",
            "/api/miners/trend?hours=24&points=24",
            "/api/events?limit=20",
            "/api/no-such-path",
            "/openapi.json");

    @TempDir
    private Path folder;

    @RepeatedTest(2)
    void a_server_that_has_just_started_loses_no_answer() throws IOException {
        int port = FreePort.find();
        try (FleetSimulator fleet = FleetSimulator.builder().miners(4).seed(11).build();
                FakeMarket market = FakeMarket.start()) {
            fleet.start();
            Map<String, String> unlimited = Map.of("RATE_LIMIT_PER_MINUTE", "0");
            try (ServerProcess server = ServerProcess.start(folder, port, fleet, market, unlimited)) {
                assertNothingIsLost(server, port);
            }
        }
    }

    private void assertNothingIsLost(ServerProcess server, int port) throws IOException {
        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofMinutes(1))
                .until(() -> accepts(port));
        PersistentClients clients = new PersistentClients(URI.create("http://127.0.0.1:" + port), PATHS);

        clients.run(8, Duration.ofSeconds(4));

        assertThat(clients.lost()).isEmpty();
        assertThat(clients.answers()).isGreaterThan(50);
        assertThat(Files.readString(folder.resolve("server.log"))).doesNotContain("Exception");
        assertThat(server.process().isAlive()).isTrue();
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
