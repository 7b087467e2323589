package io.minerops.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.server.support.Answer;
import io.minerops.server.support.RunningServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who may do what where tokens are set, and how often. */
class AccessTest {
    @RegisterExtension
    static final RunningServer SERVER =
            RunningServer.of(2).with("API_TOKEN", "all-rights").with("API_READ_TOKEN", "read-rights");

    @RegisterExtension
    static final RunningServer LIMITED = RunningServer.of(2).with("RATE_LIMIT_PER_MINUTE", "5");

    @Test
    void nobody_reads_without_a_token() {
        Answer answer = SERVER.client().get("/api/summary");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(SERVER.client().token("wrong").get("/api/summary").status()).isEqualTo(401);
    }

    @Test
    void a_reading_token_reads_and_changes_nothing() {
        assertThat(SERVER.client().token("read-rights").get("/api/summary").status())
                .isEqualTo(200);
        assertThat(SERVER.client()
                        .token("read-rights")
                        .post("/api/alerts/check")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void a_full_token_changes() {
        assertThat(SERVER.client().token("all-rights").post("/api/alerts/check").status())
                .isEqualTo(200);
    }

    @Test
    void liveness_is_for_everybody_and_tells_strangers_no_details() {
        assertThat(SERVER.client().get("/healthz").status()).isEqualTo(200);
        assertThat(SERVER.client().get("/readyz").text()).doesNotContain("jobs");
        assertThat(SERVER.client().token("read-rights").get("/readyz").text()).contains("jobs");
    }

    @Test
    void too_many_requests_are_told_when_to_come_back() {
        Answer answer = LIMITED.client().get("/api/summary");
        for (int i = 0; i < 6 && answer.status() != 429; i++) {
            answer = LIMITED.client().get("/api/summary");
        }

        assertThat(answer.status()).isEqualTo(429);
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 60);
    }
}
