package io.minerops.server.rest.changes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.server.access.TokenFiles;
import io.minerops.server.support.Answer;
import io.minerops.server.support.Client;
import io.minerops.server.support.RunningServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who changed what, in events. */
class AuditTest {
    private static final String ALICE = "alice-0123456789abcdef0123456789";
    private static final String WALL = "wall-0123456789abcdef0123456789";

    @TempDir
    private static Path folder;

    private static final RunningServer SERVER = RunningServer.of(1).with("TRUSTED_PROXIES", "127.0.0.1");

    @BeforeAll
    static void start() throws IOException {
        Path file = TokenFiles.write(folder.resolve("tokens"), "operate alice " + ALICE + "\nread wall " + WALL + "\n");
        SERVER.with("API_TOKENS_FILE", file.toString()).start();
    }

    @AfterAll
    static void stop() throws Exception {
        SERVER.close();
    }

    private static Client alice() {
        return SERVER.client().token(ALICE);
    }

    private static JsonNode lastEvent() {
        return alice().get("/api/events?limit=1").json().at("/events/0");
    }

    private static String last() {
        return lastEvent().path("message").asText();
    }

    @Test
    void a_change_reports_who_did_what_from_where() {
        alice().with("X-Forwarded-For", "203.0.113.7").post("/api/alerts/check");

        assertThat(last()).isEqualTo("alice from 203.0.113.7: POST /api/alerts/check, answered 200");
        assertThat(lastEvent().path("source").asText()).isEqualTo("access");
        assertThat(lastEvent().path("level").asText()).isEqualTo("info");
    }

    @Test
    void what_was_refused_is_reported_with_a_warning() {
        SERVER.client().token(WALL).delete("/api/alerts/rules/1");
        assertThat(last()).isEqualTo("wall from 127.0.0.1: DELETE /api/alerts/rules/1, answered 403");
        assertThat(lastEvent().path("level").asText()).isEqualTo("warning");

        SERVER.client().post("/api/alerts/check");
        assertThat(last()).isEqualTo("anonymous from 127.0.0.1: POST /api/alerts/check, answered 401");

        alice().post("/api/alerts/4711/acknowledge");
        assertThat(last()).isEqualTo("alice from 127.0.0.1: POST /api/alerts/4711/acknowledge, answered 404");
    }

    @Test
    void a_session_reports_whose_it_is_from_its_first_moment() {
        Answer login = SERVER.client().post("/api/session", "{\"token\":\"" + ALICE + "\"}");
        assertThat(last()).isEqualTo("alice from 127.0.0.1: POST /api/session, answered 200");

        SERVER.client()
                .with("Cookie", login.header("Set-Cookie").replaceFirst(";.*", ""))
                .with("X-CSRF-Token", login.json().path("csrf_token").asText())
                .post("/api/alerts/check");
        assertThat(last()).isEqualTo("alice (session) from 127.0.0.1: POST /api/alerts/check, answered 200");
    }

    @Test
    void no_secret_reaches_an_event() {
        alice().post(
                        "/api/alerts/rules",
                        "{\"name\":\"secret\",\"rule_type\":\"fan\",\"webhook_url\":\"https://example.com/T0pSecret\"}");
        SERVER.client().post("/api/session", "{\"token\":\"T0pSecret-token\"}");
        SERVER.client().token("T0pSecret-bearer").post("/api/alerts/check?x=T0pSecret");

        assertThat(alice().get("/api/events?limit=1000").text())
                .contains("POST /api/alerts/rules, answered 201")
                .doesNotContain("T0pSecret")
                .doesNotContain(ALICE);
    }

    @Test
    void reading_and_calculating_leave_no_trace() {
        alice().post("/api/alerts/check");
        String before = lastEvent().path("id").asText();

        alice().get("/api/summary");
        SERVER.client().get("/api/summary");
        alice().post("/api/alerts/rules/backtest", "{\"rule_type\":\"fan\",\"hours\":1}");

        assertThat(lastEvent().path("id").asText()).isEqualTo(before);
    }

    @Test
    void a_flood_of_refusals_does_not_push_everything_else_out() throws Exception {
        RunningServer flooded = RunningServer.of(1).with("API_TOKEN", "right-0123456789abcdefghij");
        flooded.start();
        try {
            for (int i = 0; i < 100; i++) {
                flooded.client().post("/api/alerts/check");
            }
            flooded.client().token("right-0123456789abcdefghij").post("/api/alerts/check");

            List<String> reported = new ArrayList<>();
            flooded.client()
                    .token("right-0123456789abcdefghij")
                    .get("/api/events?limit=1000")
                    .json()
                    .path("events")
                    .forEach(event -> reported.add(event.path("message").asText()));
            assertThat(reported).filteredOn(message -> message.endsWith("401")).hasSize(AuditTrail.REFUSED_PER_HOUR);
            assertThat(reported.get(0)).isEqualTo("API_TOKEN from 127.0.0.1: POST /api/alerts/check, answered 200");
        } finally {
            flooded.close();
        }
    }
}
