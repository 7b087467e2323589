package io.minerops.server.rest.changes;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.server.support.Client;
import io.minerops.server.support.RunningServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tokens that are not accepted, as events. */
class RefusedTokenTest {
    private static final String TOKEN = "the-token-that-is-accepted-1234";
    private static final String WRONG = "Secret-that-is-wrong";

    @RegisterExtension
    static final RunningServer SERVER =
            RunningServer.of(1).with("API_TOKEN", TOKEN).with("TRUSTED_PROXIES", "127.0.0.1");

    private static Client from(String address) {
        return SERVER.client().with("X-Forwarded-For", address);
    }

    private static List<String> warningsAbout(String address) {
        List<String> messages = new ArrayList<>();
        SERVER.client()
                .token(TOKEN)
                .get("/api/events?limit=1000&level=warning")
                .json()
                .path("events")
                .forEach(event -> messages.add(event.path("message").asText()));
        return messages.stream().filter(message -> message.contains(address)).toList();
    }

    @Test
    void a_wrong_bearer_token_is_recorded_for_reading_too() {
        from("203.0.113.11").token(WRONG).get("/api/miners?limit=5");

        assertThat(warningsAbout("203.0.113.11"))
                .containsExactly("invalid token: anonymous from 203.0.113.11: GET /api/miners, answered 401");
    }

    @Test
    void a_wrong_token_at_the_login_is_recorded() {
        from("203.0.113.12").post("/api/session", "{\"token\":\"" + WRONG + "\"}");

        assertThat(warningsAbout("203.0.113.12"))
                .containsExactly("invalid token: anonymous from 203.0.113.12: POST /api/session, answered 401");
    }

    @Test
    void a_flood_of_one_client_is_cut_and_does_not_hide_another() {
        for (int i = 0; i < 50; i++) {
            from("203.0.113.13").token(WRONG + i).get("/api/summary");
        }
        from("203.0.113.14").token(WRONG).get("/api/summary");

        assertThat(warningsAbout("203.0.113.13")).hasSize(AuditTrail.TOKENS_PER_CLIENT);
        assertThat(warningsAbout("203.0.113.14")).hasSize(1);
    }

    @Test
    void a_request_without_any_token_is_no_wrong_one() {
        from("203.0.113.15").get("/api/summary");

        assertThat(warningsAbout("203.0.113.15")).isEmpty();
    }

    @Test
    void no_event_holds_the_token() {
        from("203.0.113.16").token(WRONG).get("/api/summary");

        assertThat(SERVER.client().token(TOKEN).get("/api/events?limit=1000").text())
                .contains("203.0.113.16")
                .doesNotContain(WRONG);
    }
}
