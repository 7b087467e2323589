package io.minerops.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.server.support.Answer;
import io.minerops.server.support.Client;
import io.minerops.server.support.RunningServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a proxy says of a client, where it is trusted and where not. */
class ProxyTest {
    @RegisterExtension
    static final RunningServer BEHIND = RunningServer.of(1)
            .with("TRUSTED_PROXIES", "127.0.0.0/8")
            .with("API_TOKEN", "right-0123456789abcdefghij")
            .with("RATE_LIMIT_PER_MINUTE", "20");

    @RegisterExtension
    static final RunningServer DIRECT = RunningServer.of(1)
            .with("TRUSTED_PROXIES", "10.0.0.0/8")
            .with("API_TOKEN", "right-0123456789abcdefghij")
            .with("RATE_LIMIT_PER_MINUTE", "20");

    private static int statusAfter(Client client, int requests) {
        int status = 0;
        for (int i = 0; i < requests; i++) {
            status = client.get("/readyz").status();
        }
        return status;
    }

    @Test
    void requests_are_counted_by_the_client_behind_the_proxy() {
        Client busy = BEHIND.client().with("X-Forwarded-For", "203.0.113.1");

        assertThat(statusAfter(busy, 21)).isEqualTo(429);
        assertThat(BEHIND.client()
                        .with("X-Forwarded-For", "203.0.113.2")
                        .get("/readyz")
                        .status())
                .isEqualTo(200);
        assertThat(BEHIND.client()
                        .with("X-Forwarded-For", "203.0.113.99, 203.0.113.1")
                        .get("/readyz")
                        .status())
                .isEqualTo(429);
    }

    @Test
    void an_untrusted_proxy_cannot_forge_an_address() {
        int status = 0;
        for (int i = 0; i < 21; i++) {
            status = DIRECT.client()
                    .with("X-Forwarded-For", "203.0.113." + i)
                    .with("Forwarded", "for=203.0.113." + i)
                    .get("/readyz")
                    .status();
        }

        assertThat(status).isEqualTo(429);
    }

    @Test
    void a_cookie_is_for_tls_alone_where_the_proxy_says_that_the_client_came_so() {
        Client client = BEHIND.client().with("X-Forwarded-For", "203.0.113.3");

        assertThat(logIn(client.with("X-Forwarded-Proto", "https")).header("Set-Cookie"))
                .startsWith("__Host-")
                .endsWith("; Secure");
        assertThat(logIn(client.with("X-Forwarded-Proto", "http")).header("Set-Cookie"))
                .doesNotContain("Secure");
    }

    @Test
    void a_session_of_a_client_behind_the_proxy_is_known_again() {
        Client client = BEHIND.client().with("X-Forwarded-For", "203.0.113.4").with("X-Forwarded-Proto", "https");
        String cookie = logIn(client).header("Set-Cookie").replaceFirst(";.*", "");

        assertThat(client.with("Cookie", cookie).get("/api/summary").status()).isEqualTo(200);
    }

    private static Answer logIn(Client client) {
        return client.post("/api/session", "{\"token\":\"right-0123456789abcdefghij\"}");
    }
}
