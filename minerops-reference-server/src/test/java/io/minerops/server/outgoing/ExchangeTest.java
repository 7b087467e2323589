package io.minerops.server.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ExchangeTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newHttpClient();
    private ServerSocket listener;

    @BeforeEach
    void listen() throws IOException {
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        listener.close();
    }

    /** Answers one request with some bytes, and then again and again with more, until the client closes. */
    private CompletableFuture<Void> answer(String first, String again) {
        return CompletableFuture.runAsync(() -> {
            try (Socket socket = listener.accept();
                    OutputStream output = socket.getOutputStream()) {
                output.write(first.getBytes(StandardCharsets.US_ASCII));
                output.flush();
                while (!again.isEmpty()) {
                    output.write(again.getBytes(StandardCharsets.US_ASCII));
                }
                while (socket.getInputStream().read() >= 0) {
                    // reads the request, and the client's end
                }
            } catch (IOException closedByTheClient) {
                assertThat(closedByTheClient).isNotNull();
            }
        });
    }

    private HttpResponse<String> send(Duration timeout) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/");
        return Exchange.send(client, HttpRequest.newBuilder(uri).timeout(LONG).build(), timeout);
    }

    @Test
    void an_answer_is_its_status_and_text() throws Exception {
        CompletableFuture<Void> server = answer("HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nlate", "");

        HttpResponse<String> response = send(LONG);

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).isEqualTo("late");
        server.cancel(true);
    }

    @Test
    void an_answer_whose_rest_never_comes_fails_within_the_time_and_is_closed() {
        CompletableFuture<Void> server = answer("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nla", "");

        assertThatThrownBy(() -> send(Duration.ofMillis(300)))
                .isInstanceOf(HttpTimeoutException.class)
                .hasMessage("no whole answer within 300 ms");
        server.join();
    }

    @Test
    void an_answer_that_never_ends_is_cut_off_and_closed() throws Exception {
        CompletableFuture<Void> server = answer("HTTP/1.1 200 OK\r\n\r\n", "x".repeat(1_000));

        assertThat(send(LONG).body()).isEqualTo("x".repeat(Exchange.MAX_BYTES));
        server.join();
    }
}
