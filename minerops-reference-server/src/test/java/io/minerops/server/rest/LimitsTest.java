package io.minerops.server.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minerops.server.support.Answer;
import io.minerops.server.support.RawSocket;
import io.minerops.server.support.RunningServer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How much at a time, and for how long. */
class LimitsTest {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(4)
            .with("MAX_HEADER_BYTES", "4096")
            .with("MAX_URL_BYTES", "1000")
            .with("MAX_BODY_BYTES", "2000")
            .with("REQUEST_TIMEOUT", "1")
            .with("MAX_CONCURRENT_REQUESTS", "2");

    private static URI uri() {
        return SERVER.server().uri();
    }

    private static String head(String start) {
        return start + " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
    }

    @Test
    void headers_that_are_too_long_are_answered_431() {
        Answer answer = SERVER.client().with("X-Long", "x".repeat(4_500)).get("/healthz");

        assertThat(answer.status()).isEqualTo(431);
        assertThat(answer.json().path("ok").asBoolean(true)).isFalse();
    }

    @Test
    void an_address_that_is_too_long_is_answered_414() {
        assertThat(SERVER.client().get("/api/miners?x=" + "y".repeat(1_000)).status())
                .isEqualTo(414);
        assertThat(SERVER.client().get("/api/miners?x=" + "y".repeat(8_000)).status())
                .isEqualTo(414);
    }

    @Test
    void a_body_that_is_too_large_is_answered_413() {
        String large = "{\"name\":\"" + "x".repeat(2_000) + "\"}";

        assertThat(SERVER.client().post("/api/alerts/rules", large).status()).isEqualTo(413);
        assertThat(SERVER.client().get("/healthz").status()).isEqualTo(200);
    }

    @Test
    void a_body_whose_length_alone_is_too_large_is_answered_before_it_comes() {
        try (RawSocket socket = RawSocket.to(uri())) {
            socket.say(head("POST /api/alerts/rules")
                    + "Content-Type: application/json\r\nContent-Length: 9999999\r\n\r\n{");

            assertThat(socket.hear()).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void a_body_that_comes_too_slowly_is_answered_408() {
        try (RawSocket socket = RawSocket.to(uri())) {
            socket.say(
                    head("POST /api/alerts/rules") + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n");
            long begun = System.nanoTime();
            await().pollInterval(Duration.ofMillis(100)).until(() -> !socket.say(" ") || seconds(begun) > 1.5);

            assertThat(socket.hear()).startsWith("HTTP/1.1 408 ").contains("\"ok\":false");
            assertThat(seconds(begun)).isLessThan(5);
        }
    }

    @Test
    void headers_that_come_too_slowly_are_cut_off() {
        try (RawSocket socket = RawSocket.to(uri())) {
            socket.say("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ");
            long begun = System.nanoTime();

            await().atMost(Duration.ofSeconds(10))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> !socket.say("x"));

            assertThat(seconds(begun)).isBetween(0.9, 5.0);
        }
    }

    @Test
    void a_connection_that_is_used_now_and_then_stays() {
        try (RawSocket socket = RawSocket.to(uri())) {
            for (int i = 0; i < 3; i++) {
                assertThat(socket.say(head("GET /healthz") + "\r\n")).isTrue();
                assertThat(socket.hear(Duration.ofMillis(1_300))).startsWith("HTTP/1.1 200 ");
            }
        }
    }

    @Test
    void slow_senders_do_not_block_others() {
        List<RawSocket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 60; i++) {
                RawSocket socket = RawSocket.to(uri());
                slow.add(socket);
                socket.say(head("POST /api/alerts/rules") + "Content-Length: 1000\r\n\r\n");
            }

            assertThat(SERVER.client().get("/api/summary").status()).isEqualTo(200);
        } finally {
            slow.forEach(RawSocket::close);
        }
    }

    @Test
    void more_concurrent_requests_than_allowed_get_503_while_polls_continue() {
        ExecutorService senders = Executors.newFixedThreadPool(24);
        try {
            List<CompletableFuture<Answer>> answers = new ArrayList<>();
            long begun = System.nanoTime();
            for (int i = 0; i < 400; i++) {
                answers.add(CompletableFuture.supplyAsync(() -> SERVER.client().post("/api/alerts/check"), senders));
            }
            SERVER.server().ops().pollNow();
            double pollTook = seconds(begun);

            List<Answer> all = answers.stream().map(CompletableFuture::join).toList();
            assertThat(all).allSatisfy(answer -> assertThat(answer.status()).isIn(200, 503));
            assertThat(all)
                    .filteredOn(answer -> answer.status() == 503)
                    .isNotEmpty()
                    .allSatisfy(
                            answer -> assertThat(answer.header("Retry-After")).isEqualTo("1"));
            assertThat(all).filteredOn(answer -> answer.status() == 200).isNotEmpty();
            assertThat(pollTook).isLessThan(10);
        } finally {
            senders.shutdownNow();
        }
        assertThat(SERVER.client().get("/api/summary").status()).isEqualTo(200);
    }

    private static double seconds(long sinceNanos) {
        return (System.nanoTime() - sinceNanos) / 1e9;
    }
}
