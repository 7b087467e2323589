package io.minerops.server.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minerops.server.access.TokenFiles;
import io.minerops.server.support.Answer;
import io.minerops.server.support.Client;
import io.minerops.server.support.RunningServer;
import io.minerops.testkit.fleet.Trouble;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what where tokens are set, and how often. */
class AccessTest {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(2)
            .with("API_TOKEN", "all-rights-0123456789abcdef")
            .with("API_READ_TOKEN", "read-rights-0123456789abcdef");

    @RegisterExtension
    static final RunningServer LIMITED = RunningServer.of(2).with("RATE_LIMIT_PER_MINUTE", "5");

    private static final String ALICE = "alice-0123456789abcdef0123456789";
    private static final String BOB = "bob-0123456789abcdef0123456789";

    private Path tokens;
    private @Nullable RunningServer named;

    @BeforeEach
    void a_place_for_tokens(@TempDir Path folder) {
        tokens = folder.resolve("tokens");
    }

    @AfterEach
    void end() throws Exception {
        if (named != null) {
            named.close();
        }
    }

    @Test
    void reading_requires_a_token() {
        Answer answer = SERVER.client().get("/api/summary");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(SERVER.client().token("wrong").get("/api/summary").status()).isEqualTo(401);
    }

    @Test
    void a_reading_token_reads_and_changes_nothing() {
        assertThat(SERVER.client()
                        .token("read-rights-0123456789abcdef")
                        .get("/api/summary")
                        .status())
                .isEqualTo(200);
        assertThat(SERVER.client()
                        .token("read-rights-0123456789abcdef")
                        .post("/api/alerts/check")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void a_full_token_changes() {
        assertThat(SERVER.client()
                        .token("all-rights-0123456789abcdef")
                        .post("/api/alerts/check")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void liveness_is_public_without_details() {
        assertThat(SERVER.client().get("/healthz").status()).isEqualTo(200);
        assertThat(SERVER.client().get("/readyz").text()).doesNotContain("jobs");
        assertThat(SERVER.client()
                        .token("read-rights-0123456789abcdef")
                        .get("/readyz")
                        .text())
                .contains("jobs");
    }

    @Test
    void too_many_requests_get_a_retry_time() {
        Answer answer = LIMITED.client().get("/api/summary");
        for (int i = 0; i < 6 && answer.status() != 429; i++) {
            answer = LIMITED.client().get("/api/summary");
        }

        assertThat(answer.status()).isEqualTo(429);
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 60);
    }

    @Test
    void the_name_of_a_token_says_who_acknowledged() throws Exception {
        RunningServer server = namedTokens("operate alice " + ALICE + "\n");
        server.fleet().trouble(0, Trouble.DEAD_FAN);
        server.server().ops().pollNow();
        Client alice = server.client().token(ALICE);
        long alert =
                alice.post("/api/alerts/check").json().at("/new_alerts/0/id").asLong();

        Answer answer = alice.post("/api/alerts/" + alert + "/acknowledge");

        assertThat(answer.json().at("/alert/acknowledged_by").asText()).isEqualTo("alice");
    }

    @Test
    void a_token_that_was_rotated_away_ends_while_the_server_runs() throws Exception {
        RunningServer server = namedTokens("operate alice " + ALICE + "\n");
        assertThat(server.client().token(ALICE).get("/api/summary").status()).isEqualTo(200);

        TokenFiles.write(tokens, "read bob " + BOB + "\n");

        await().untilAsserted(() -> assertThat(
                        server.client().token(ALICE).get("/api/summary").status())
                .isEqualTo(401));
        assertThat(server.client().token(BOB).get("/api/summary").status()).isEqualTo(200);
        assertThat(server.client().token(BOB).post("/api/alerts/check").status())
                .isEqualTo(403);
    }

    private RunningServer namedTokens(String lines) throws IOException {
        TokenFiles.write(tokens, lines);
        RunningServer server = RunningServer.of(2).with("API_TOKENS_FILE", tokens.toString());
        named = server;
        server.start();
        return server;
    }
}
