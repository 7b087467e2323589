package io.minerops.server.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.server.support.Answer;
import io.minerops.server.support.RunningServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whether readiness says what does not work. */
class ReadinessTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(1);

    private static Answer ready() {
        return SERVER.client().get("/readyz");
    }

    @Test
    void a_database_that_can_only_be_read_is_not_ready_until_it_can_be_written_to() throws Exception {
        await().atMost(PATIENCE).until(() -> ready().status() == 200);
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + SERVER.database());
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");

            await().atMost(PATIENCE).until(() -> ready().status() == 503);
            Answer answer = ready();

            assertThat(answer.json().path("ok").asBoolean(true)).isFalse();
            assertThat(answer.json().at("/database/ok").asBoolean(true)).isFalse();
            JsonNode database = answer.json().path("components").get(0);
            assertThat(database.path("name").asText()).isEqualTo("database");
            assertThat(database.path("error").asText()).contains("ping failed on " + SERVER.database());
            assertThat(database.path("since").asText()).endsWith("Z");
        }
        await().atMost(PATIENCE).until(() -> ready().status() == 200);
        await().atMost(PATIENCE)
                .until(() -> SERVER.client().get("/api/events").text().contains("database works again"));
        assertThat(SERVER.client().get("/api/error-logs").text()).contains("not ready: database");
    }
}
