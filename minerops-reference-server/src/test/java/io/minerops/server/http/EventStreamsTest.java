package io.minerops.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minerops.server.access.FileFault;
import io.minerops.server.access.TokenFiles;
import io.minerops.server.config.Configuration;
import io.minerops.server.config.HttpConfig;
import io.minerops.server.http.gateway.HttpServer;
import io.minerops.server.http.guard.Access;
import io.minerops.server.support.RawSocket;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams to clients that are no longer admitted, or that have left. */
class EventStreamsTest {
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);
    private static final String TAKEN_AWAY = "the-token-that-is-taken-away";
    private static final String STAYS = "the-token-that-stays-for-good";

    @TempDir
    private Path folder;

    @Test
    void a_stream_ends_when_its_token_is_taken_away_and_others_go_on() throws IOException {
        Path file = tokens("read leaves " + TAKEN_AWAY + "\nread stays " + STAYS + "\n");
        HttpConfig config = Configuration.read(Map.of("MINEROPS_PORT", "0", "API_TOKENS_FILE", file.toString()), null)
                .http();
        try (EventStreams streams = new EventStreams(2, 2, HEARTBEAT);
                HttpServer server = start(config, streams);
                RawSocket leaves = listen(server, TAKEN_AWAY);
                RawSocket stays = listen(server, STAYS)) {
            assertThat(leaves.hearAnswers()).contains(": open");
            assertThat(stays.hearAnswers()).contains(": open");

            tokens("read stays " + STAYS + "\n");

            assertThat(leaves.hear()).as("until its end").isNotNull();
            assertThat(streams.size()).isEqualTo(1);
        }
    }

    @Test
    void a_client_that_leaves_frees_its_stream_without_a_further_write() {
        HttpConfig config =
                Configuration.read(Map.of("MINEROPS_PORT", "0"), null).http();
        try (EventStreams streams = new EventStreams(1, 1, Duration.ofHours(1));
                HttpServer server = start(config, streams)) {
            for (int visit = 0; visit < 40; visit++) {
                try (RawSocket client = listen(server, STAYS)) {
                    assertThat(client.hearAnswers()).contains(": open");
                }
                await().until(() -> streams.size() == 0);
            }
        }
    }

    private static HttpServer start(HttpConfig config, EventStreams streams) {
        return HttpServer.start(
                config,
                Access.of(config.access(), System::nanoTime),
                List.of(Route.get("/stream", streams::reply)),
                change -> {},
                new FileFault("certificate"),
                System::nanoTime);
    }

    private Path tokens(String text) throws IOException {
        return TokenFiles.write(folder.resolve("tokens"), text);
    }

    private static RawSocket listen(HttpServer server, String token) {
        RawSocket socket = RawSocket.to(server.uri());
        assertThat(socket.say("GET /stream HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nAuthorization: Bearer "
                        + token + "\r\n\r\n"))
                .isTrue();
        return socket;
    }
}
