package io.minerops.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.server.support.RawSocket;
import io.minerops.server.support.RunningServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What one client cannot take from the others; clients are addresses of loopback, which Linux has all of. */
@EnabledOnOs(OS.LINUX)
class ClientLimitsTest {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(1)
            .with("MAX_EVENT_STREAMS", "6")
            .with("MAX_EVENT_STREAMS_PER_CLIENT", "2")
            .with("MAX_CONNECTIONS_PER_CLIENT", "10");

    private final List<RawSocket> sockets = new ArrayList<>();

    @AfterEach
    void close() {
        sockets.forEach(RawSocket::close);
    }

    private String answerTo(String client, String path) {
        RawSocket socket = RawSocket.from(client, SERVER.server().uri());
        sockets.add(socket);
        socket.say("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        return socket.hearAnswers();
    }

    @Test
    void one_client_does_not_take_all_event_streams() {
        assertThat(answerTo("127.0.0.2", "/api/events/stream")).startsWith("HTTP/1.1 200 ");
        assertThat(answerTo("127.0.0.2", "/api/events/stream")).startsWith("HTTP/1.1 200 ");

        assertThat(answerTo("127.0.0.2", "/api/events/stream"))
                .startsWith("HTTP/1.1 429 ")
                .contains("Retry-After: ");
        assertThat(answerTo("127.0.0.3", "/api/events/stream")).startsWith("HTTP/1.1 200 ");
        assertThat(answerTo("127.0.0.2", "/api/summary")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void one_client_does_not_take_all_connections() {
        for (int i = 0; i < 10; i++) {
            assertThat(answerTo("127.0.0.4", "/healthz")).startsWith("HTTP/1.1 200 ");
        }

        assertThat(answerTo("127.0.0.4", "/healthz")).isEmpty();
        assertThat(answerTo("127.0.0.5", "/healthz")).startsWith("HTTP/1.1 200 ");
    }
}
