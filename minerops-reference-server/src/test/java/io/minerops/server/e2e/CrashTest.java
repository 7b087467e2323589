package io.minerops.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minerops.server.support.Client;
import io.minerops.server.support.FreePort;
import io.minerops.server.support.ServerProcess;
import io.minerops.server.support.WebhookTarget;
import io.minerops.testkit.fleet.FleetSimulator;
import io.minerops.testkit.fleet.Trouble;
import io.minerops.testkit.market.FakeMarket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed at some moment, over and over. */
class CrashTest {
    private static final int ROUNDS = 4;
    private static final int MINERS = 10;

    @TempDir
    private Path folder;

    @Test
    void loses_nothing_doubles_nothing_and_still_sends_what_was_unsent() throws Exception {
        int port = FreePort.find();
        int hookPort = FreePort.find();
        try (FleetSimulator fleet =
                        FleetSimulator.builder().miners(MINERS).seed(3).build();
                FakeMarket market = FakeMarket.start()) {
            fleet.start();
            ServerProcess server = ServerProcess.start(folder, port, fleet, market);
            try {
                server.awaitMiners(MINERS);
                for (int rule = 1; rule <= 4; rule++) {
                    server.client()
                            .put(
                                    "/api/alerts/rules/" + rule,
                                    "{\"notify_webhook\": true, \"webhook_url\": \"" + WebhookTarget.url(hookPort)
                                            + "\"}");
                }
                for (int round = 0; round < ROUNDS; round++) {
                    fleet.trouble(round, Trouble.HOT);
                    awaitAlerts(server.client(), round + 1);
                    server.close();
                    assertThat(query("PRAGMA integrity_check")).isEqualTo("ok");
                    assertThat(query("SELECT count(*) FROM (SELECT 1 FROM alerts WHERE status IN"
                                    + " ('active', 'acknowledged') GROUP BY rule_id, miner HAVING count(*) > 1)"))
                            .isEqualTo("0");
                    server = ServerProcess.start(folder, port, fleet, market);
                }
                try (WebhookTarget hook = WebhookTarget.start(hookPort)) {
                    await().atMost(Duration.ofMinutes(2))
                            .until(() -> String.join("", hook.bodies()).split("\"alert_type\":\"temp\"", -1).length
                                    > ROUNDS);
                }
            } finally {
                server.close();
            }
        }
        assertThat(query("SELECT count(*) FROM alerts WHERE type = 'temp'")).isEqualTo(Integer.toString(ROUNDS));
    }

    private static void awaitAlerts(Client client, int count) {
        await().atMost(Duration.ofMinutes(1))
                .ignoreExceptions()
                .until(() -> client.get("/api/alerts?alert_type=temp")
                                .json()
                                .path("count")
                                .intValue()
                        >= count);
    }

    private String query(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("metrics.db"));
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}
