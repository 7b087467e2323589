package io.minerops.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.server.support.Client;
import io.minerops.server.support.RawSocket;
import io.minerops.server.support.RunningServer;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests that pages of other origins send through a visitor's browser, and so from the visitor's address. */
class ForeignRequestsTest {
    private static final int PER_MINUTE = 20;

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(1)
            .with("RATE_LIMIT_PER_MINUTE", Integer.toString(PER_MINUTE))
            .with("TRUSTED_PROXIES", "127.0.0.1");

    private static Client visitor(int number) {
        return SERVER.client().with("X-Forwarded-For", "203.0.113." + number);
    }

    @Test
    void refused_changes_do_not_use_up_the_visitors_own_requests() {
        Client foreign = visitor(1).with("Origin", "https://evil.example");

        assertThat(statuses(() -> foreign.post("/api/alerts/check").status())).containsExactly(403, 429);
        assertThat(visitor(1).get("/api/summary").status()).isEqualTo(200);
    }

    @Test
    void cross_site_loads_do_not_use_up_the_visitors_own_requests() {
        Client foreign = visitor(2).with("Sec-Fetch-Site", "cross-site");

        assertThat(statuses(() -> foreign.get("/api/summary").status())).containsExactly(200, 429);
        assertThat(visitor(2).get("/api/summary").status()).isEqualTo(200);
    }

    @Test
    void a_rebound_name_does_not_use_up_the_visitors_own_requests() {
        assertThat(statuses(() -> rebound("203.0.113.3"))).containsExactly(403, 429);
        assertThat(visitor(3).get("/api/summary").status()).isEqualTo(200);
    }

    @Test
    void the_visitors_own_requests_are_still_limited() {
        assertThat(statuses(() -> visitor(4).get("/api/summary").status())).containsExactly(200, 429);
    }

    /** What twice as many requests as a minute allows are answered. */
    private static Set<Integer> statuses(IntSupplier request) {
        Set<Integer> statuses = new TreeSet<>();
        for (int i = 0; i < 2 * PER_MINUTE; i++) {
            statuses.add(request.getAsInt());
        }
        return statuses;
    }

    private static int rebound(String visitor) {
        try (RawSocket socket = RawSocket.to(SERVER.server().uri())) {
            socket.say("GET /api/summary HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-For: " + visitor
                    + "\r\nConnection: close\r\n\r\n");
            return Integer.parseInt(socket.hear().substring(9, 12));
        }
    }
}
