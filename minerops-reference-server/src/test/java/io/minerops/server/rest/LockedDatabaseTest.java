package io.minerops.server.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minerops.api.store.HistoryQuery;
import io.minerops.server.support.Answer;
import io.minerops.server.support.RunningServer;
import io.minerops.server.support.WebhookTarget;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Another program writes to the database file for longer than a step waits. */
class LockedDatabaseTest {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(2);

    @Test
    void polls_go_on_and_are_stored_when_the_lock_is_gone() throws SQLException {
        SERVER.awaitStart();
        Instant during;
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + SERVER.database());
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");

            during = SERVER.server().ops().pollNow().at();

            Answer ready = SERVER.client().get("/readyz");
            assertThat(ready.status()).isEqualTo(503);
            assertThat(ready.text()).contains("poll-buffer").contains("1 polls (2 samples) wait to be stored");
            assertThat(SERVER.server().ops().fleet().latest().epochMillis(0)).isEqualTo(during.toEpochMilli());
            statement.execute("ROLLBACK");
        }

        SERVER.server().ops().pollNow();

        List<Instant> stored = new ArrayList<>();
        HistoryQuery moment = new HistoryQuery(null, during, during.plusMillis(1), null, 10);
        SERVER.server().ops().store().metrics().history(moment, (at, sample) -> stored.add(at));
        assertThat(stored).containsExactly(during, during);
    }

    @Test
    void an_alert_is_sent_while_the_lock_lasts_and_stored_once_when_it_is_gone() throws SQLException {
        SERVER.awaitStart();
        try (WebhookTarget hook = WebhookTarget.start()) {
            Answer rule = SERVER.client()
                    .post(
                            "/api/alerts/rules",
                            "{\"name\": \"any heat\", \"rule_type\": \"temp\", \"thresholds\": {\"temp_c\": 1},"
                                    + " \"notify_email\": false, \"notify_webhook\": true, \"webhook_url\": \""
                                    + hook.url() + "\"}");
            assertThat(rule.status()).as(rule.text()).isEqualTo(201);
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + SERVER.database());
                    Statement statement = other.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                SERVER.server().ops().checkAlertsNow();
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> String.join("", hook.bodies()).split("any heat", -1).length > 2);
                assertThat(SERVER.client().get("/readyz").text()).contains("alert-buffer");
                assertThat(query("SELECT count(*) FROM alerts WHERE rule_name = 'any heat'"))
                        .isEqualTo("0");
                statement.execute("ROLLBACK");
            }
            int sent = hook.bodies().size();

            SERVER.server().ops().checkAlertsNow();
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> query("SELECT count(*) FROM outbox o JOIN alerts a ON a.id = o.alert_id"
                                    + " WHERE o.status = 'sent' AND a.rule_name = 'any heat'")
                            .equals("2"));

            assertThat(query("SELECT count(*) FROM alerts WHERE rule_name = 'any heat' AND status = 'active'"
                            + " AND notification_status = 'sent'"))
                    .isEqualTo("2");
            assertThat(hook.bodies()).hasSize(sent);
        }
    }

    private static String query(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + SERVER.database());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}
