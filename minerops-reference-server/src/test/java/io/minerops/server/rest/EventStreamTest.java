package io.minerops.server.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minerops.server.support.Client;
import io.minerops.server.support.RunningServer;
import io.minerops.testkit.fleet.Trouble;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventStreamTest {
    private static final int MOST = 3;
    private static final String TOKEN = "the-token-of-these-tests-1234";

    private final RunningServer running = RunningServer.of(2)
            .with("MAX_EVENT_STREAMS", Integer.toString(MOST))
            .with("API_TOKEN", TOKEN);

    private final List<Stream> streams = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        running.start();
    }

    private Client client() {
        return running.client().token(TOKEN);
    }

    /** One client that reads what comes, line by line, over a socket of its own. */
    private static final class Stream {
        private final Socket socket;
        private final BufferedReader reader;

        Stream(URI server, String token) throws IOException {
            socket = new Socket(server.getHost(), server.getPort());
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("GET /api/events/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + token
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        /** Reads until a line that begins so; null where the stream ends before. */
        String until(String begin) throws IOException {
            String line = reader.readLine();
            while (line != null && !line.startsWith(begin)) {
                line = reader.readLine();
            }
            return line;
        }

        void close() throws IOException {
            socket.close();
        }
    }

    private Stream open() throws IOException {
        Stream stream = new Stream(running.server().uri(), TOKEN);
        streams.add(stream);
        return stream;
    }

    private Stream opened() throws IOException {
        Stream stream = open();
        assertThat(stream.until(": open")).isNotNull();
        return stream;
    }

    @AfterEach
    void close() throws Exception {
        for (Stream stream : streams) {
            stream.close();
        }
        running.close();
    }

    @Test
    void the_end_of_a_poll_a_raised_alert_and_a_saved_snapshot_are_reported() throws IOException {
        Stream stream = opened();

        running.server().ops().pollNow();
        assertThat(stream.until("event: poll_done")).isNotNull();
        assertThat(stream.until("data: ")).matches("data: \\{\"at\":\"[0-9T:.-]+Z\"}");

        running.fleet().trouble(0, Trouble.HOT);
        running.server().ops().pollNow();
        running.server().ops().checkAlertsNow();
        assertThat(stream.until("event: alerts_changed")).isNotNull();

        client().post("/api/profitability/snapshot");
        assertThat(stream.until("event: profitability_saved")).isNotNull();
        running.fleet().heal(0);
    }

    @Test
    void a_change_of_one_user_is_sent_to_all() throws IOException {
        Stream one = opened();
        Stream other = opened();

        client().put("/api/miners/10.9.9.9", "{\"tags\": [\"spare\"]}");

        assertThat(one.until("event: miners_changed")).isNotNull();
        assertThat(other.until("event: miners_changed")).isNotNull();
    }

    @Test
    void a_request_that_is_refused_and_one_that_only_reads_are_not_reported() throws IOException {
        Stream stream = opened();

        client().post("/api/alerts/rules", "{\"name\": 7}");
        client().get("/api/alerts");
        client().put("/api/miners/10.9.9.9", "{}");

        List<String> reported = new ArrayList<>();
        while (!reported.contains("event: miners_changed")) {
            reported.add(stream.until("event: "));
        }
        // the jobs that began with the server may send events meanwhile
        assertThat(reported).doesNotContain("event: alerts_changed");
    }

    @Test
    void one_client_too_many_gets_a_retry_time() throws IOException {
        for (int stream = 0; stream < MOST; stream++) {
            opened();
        }

        var refused = client().get("/api/events/stream");

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isEqualTo("30");
        assertThat(refused.error()).contains("3");
    }

    @Test
    void it_needs_a_token() {
        assertThat(running.client().get("/api/events/stream").status()).isEqualTo(401);
    }

    @Test
    void a_head_request_opens_no_stream() {
        assertThat(client().send("HEAD", "/api/events/stream", null).header("Content-Type"))
                .isEqualTo("text/event-stream");
    }

    @Test
    void clients_that_have_gone_make_room() throws IOException {
        for (int stream = 0; stream < MOST; stream++) {
            opened().close();
        }

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            Stream next = open();
            assertThat(next.until("HTTP/1.1")).contains(" 200");
        });
    }

    @Test
    void a_server_that_stops_ends_its_streams_and_does_not_wait_for_them() throws Exception {
        Stream stream = opened();
        long began = System.nanoTime();

        running.stopServer();

        assertThat(stream.until("there is no such line")).isNull();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    }
}
