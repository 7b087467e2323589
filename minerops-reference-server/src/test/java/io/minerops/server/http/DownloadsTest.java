package io.minerops.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minerops.server.access.FileFault;
import io.minerops.server.config.Configuration;
import io.minerops.server.config.HttpConfig;
import io.minerops.server.http.gateway.HttpServer;
import io.minerops.server.http.guard.Access;
import io.minerops.server.support.Answer;
import io.minerops.server.support.Client;
import io.minerops.server.support.RawSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Files that are made while they are sent, to clients that take them slowly, partly or not at all. */
class DownloadsTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final String REQUEST = "GET /file HTTP/1.1\r\nHost: localhost\r\n\r\n";

    /** More than the buffers of the two sockets hold. */
    private static final String PART = "x".repeat(1 << 20);

    private final AtomicInteger parts = new AtomicInteger();

    private static HttpServer start(Downloads downloads, Supplier<@Nullable String> source) {
        HttpConfig config =
                Configuration.read(Map.of("MINEROPS_PORT", "0"), null).http();
        return HttpServer.start(
                config,
                Access.of(config.access(), System::nanoTime),
                List.of(Route.get("/file", request -> downloads.reply(request, "text/plain", "file.txt", source))),
                change -> {},
                new FileFault("certificate"),
                System::nanoTime);
    }

    private String endless() {
        parts.incrementAndGet();
        return PART;
    }

    private Supplier<@Nullable String> failingAt(int number) {
        return () -> {
            if (parts.incrementAndGet() == number) {
                throw new IllegalStateException("part " + number + " is gone");
            }
            return "part " + parts + "\n";
        };
    }

    @Test
    void all_parts_come_in_their_order_and_the_slot_is_free_again() {
        try (Downloads downloads = new Downloads(1, 1, LONG);
                HttpServer server = start(
                        downloads, () -> parts.incrementAndGet() % 4 == 0 ? null : "part " + parts.get() % 4 + "\n")) {
            for (int visit = 0; visit < 3; visit++) {
                Answer answer = Client.of(server.uri()).get("/file");

                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.text()).isEqualTo("part 1\npart 2\npart 3\n");
                await().until(() -> downloads.size() == 0);
            }
        }
    }

    @Test
    void a_client_that_takes_nothing_stops_the_making_and_loses_its_slot() {
        try (Downloads downloads = new Downloads(1, 1, Duration.ofSeconds(2));
                HttpServer server = start(downloads, this::endless);
                RawSocket slow = RawSocket.to(server.uri())) {
            slow.say(REQUEST);
            await().until(() -> downloads.size() == 1);
            await().until(() -> downloads.size() == 0);

            // the buffers of two sockets, and no more
            assertThat(parts.get()).isLessThan(64);
            assertThat(slow.hear()).as("ended, and not by its last chunk").doesNotEndWith("0\r\n\r\n");
        }
    }

    @Test
    void a_client_has_no_more_than_its_share_and_is_told_when_to_try_again() {
        try (Downloads downloads = new Downloads(2, 1, LONG);
                HttpServer server = start(downloads, this::endless);
                RawSocket one = RawSocket.to(server.uri())) {
            one.say(REQUEST);
            await().until(() -> downloads.size() == 1);

            Answer second = Client.of(server.uri()).get("/file");

            assertThat(second.status()).isEqualTo(429);
            assertThat(second.error()).isEqualTo("this client has as many downloads open as it may have (1)");
            assertThat(second.header("Retry-After")).isNotEmpty();
        }
    }

    @Test
    void no_more_run_than_may_be_whoever_asks() {
        try (Downloads downloads = new Downloads(1, 1, LONG);
                HttpServer server = start(downloads, this::endless);
                RawSocket one = RawSocket.from("127.0.0.2", server.uri())) {
            one.say(REQUEST);
            await().until(() -> downloads.size() == 1);

            Answer second = Client.of(server.uri()).get("/file");

            assertThat(second.status()).isEqualTo(503);
            assertThat(second.error()).contains("as many downloads are open as may be (1); try again later");
        }
    }

    @Test
    void a_part_that_fails_ends_the_connection_without_the_last_chunk() {
        try (Downloads downloads = new Downloads(1, 1, LONG);
                HttpServer server = start(downloads, failingAt(3));
                RawSocket client = RawSocket.to(server.uri())) {
            client.say(REQUEST);

            assertThat(client.hear()).contains("part 1", "part 2").doesNotContain("0\r\n\r\n");
            assertThat(downloads.size()).isZero();
        }
    }

    @Test
    void a_first_part_that_fails_is_an_error_with_its_status() {
        try (Downloads downloads = new Downloads(1, 1, LONG);
                HttpServer server = start(downloads, failingAt(1))) {
            Answer answer = Client.of(server.uri()).get("/file");

            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.json().path("ok").asBoolean(true)).isFalse();
            assertThat(downloads.size()).isZero();
        }
    }

    @Test
    void a_stop_ends_what_is_under_way() {
        Downloads downloads = new Downloads(1, 1, LONG);
        try (HttpServer server = start(downloads, this::endless);
                RawSocket client = RawSocket.to(server.uri())) {
            client.say(REQUEST);
            await().until(() -> downloads.size() == 1);

            downloads.close();

            assertThat(client.hear()).doesNotEndWith("0\r\n\r\n");
            assertThat(Client.of(server.uri()).get("/file").status()).isEqualTo(503);
        }
    }
}
