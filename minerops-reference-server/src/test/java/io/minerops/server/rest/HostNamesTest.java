package io.minerops.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.server.support.RawSocket;
import io.minerops.server.support.RunningServer;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Host names that another site's page may have rebound to this server's address. */
class HostNamesTest {
    private static final String TOKEN = "the-token-of-host-names-1234";

    @RegisterExtension
    static final RunningServer OPEN = RunningServer.of(1)
            .with("MINEROPS_HOST", "0.0.0.0")
            .with("ALLOW_ANONYMOUS", "true")
            .with("CORS_ORIGINS", "https://ops.example.com")
            .with("ALLOWED_HOSTS", "miners.example.com, rack7");

    @RegisterExtension
    static final RunningServer LOOPBACK = RunningServer.of(1);

    @RegisterExtension
    static final RunningServer WITH_TOKEN = RunningServer.of(1).with("API_TOKEN", TOKEN);

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
        localhost              | 200
        LOCALHOST.             | 200
        127.0.0.1              | 200
        192.168.7.9            | 200
        [::1]                  | 200
        miners.example.com     | 200
        Miners.Example.com     | 200
        rack7                  | 200
        ops.example.com        | 200
        evil.example           | 403
        127.0.0.1.nip.example  | 403
        localhost.evil.example | 403
        xminers.example.com    | 403
        a.miners.example.com   | 403
        rack70                 | 403
        1.2.3.4.5              | 403
        """)
    void without_tokens_beyond_loopback_only_listed_names_are_accepted(String host, int status) {
        assertThat(get(OPEN, host, "")).startsWith("HTTP/1.1 " + status + " ");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"localhost, 200", "127.0.0.1, 200", "evil.example, 403", "miners.example.com, 403"})
    void on_loopback_only_its_own_names_are_accepted(String host, int status) {
        assertThat(get(LOOPBACK, host, "")).startsWith("HTTP/1.1 " + status + " ");
    }

    @Test
    void where_tokens_are_required_any_name_is_accepted() {
        assertThat(get(WITH_TOKEN, "proxy.example", "Authorization: Bearer " + TOKEN + "\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void a_rebound_page_changes_nothing_although_its_origin_equals_its_host() {
        String answer = send(
                OPEN,
                "POST /api/alerts/check",
                "evil.example",
                "Origin: http://evil.example:" + OPEN.server().uri().getPort() + "\r\nContent-Length: 0\r\n");

        assertThat(answer).startsWith("HTTP/1.1 403 ").contains("ALLOWED_HOSTS");
    }

    private static String get(RunningServer server, String host, String headers) {
        return send(server, "GET /api/summary", host, headers);
    }

    private static String send(RunningServer server, String start, String host, String headers) {
        int port = server.server().uri().getPort();
        try (RawSocket socket = RawSocket.to(URI.create("http://127.0.0.1:" + port))) {
            socket.say(
                    start + " HTTP/1.1\r\nHost: " + host + ":" + port + "\r\n" + headers + "Connection: close\r\n\r\n");
            return socket.hear();
        }
    }
}
