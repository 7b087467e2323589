package io.minerops.core.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.Secret;
import io.minerops.api.profit.MarketException;
import io.minerops.api.profit.PriceSource;
import io.minerops.core.TestClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Currency;
import java.util.Map;
import org.assertj.core.util.Throwables;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How sources handle services that fail; one source stands for all. */
class MarketHostTest {
    private static final Currency USD = Currency.getInstance("USD");
    private static final String PATH = "/api/v3/simple/price";
    private static final String GOOD = "{\"bitcoin\":{\"usd\":88000}}";
    private static final Duration SHORT = Duration.ofMillis(200);

    private final TestClock clock = new TestClock();
    private final LoopbackService service = new LoopbackService();
    private final MarketAccess access =
            MarketAccess.publicHost().withBaseUrl(service.url()).withClock(clock);
    private final PriceSource source = new CoinGecko(access);

    @AfterEach
    void close() {
        service.close();
    }

    private MarketException failure(MarketAccess with) {
        return Await.failure(new CoinGecko(with).btcPrice(USD));
    }

    @Nested
    class Limits {
        @Test
        void a_service_that_never_answers_is_given_up() {
            service.silent(PATH);

            assertThat(failure(access.withTimeout(SHORT))).hasMessage("coingecko: no whole answer within 200 ms");
        }

        @Test
        void a_reply_that_stalls_in_the_middle_is_given_up() {
            service.stall(PATH, "{\"bitcoin\":");

            assertThat(failure(access.withTimeout(SHORT))).hasMessage("coingecko: no whole answer within 200 ms");
        }

        @Test
        void a_reply_of_exactly_the_limit_is_read() {
            service.ok(PATH, GOOD);

            assertThat(Await.value(new CoinGecko(access.withMaxReplyBytes(GOOD.length())).btcPrice(USD))
                            .price())
                    .isEqualTo(88_000);
        }

        @Test
        void a_longer_reply_is_cut_off() {
            service.ok(PATH, GOOD);

            assertThat(failure(access.withMaxReplyBytes(GOOD.length() - 1)))
                    .hasMessage("coingecko: reply longer than " + (GOOD.length() - 1) + " bytes");
        }

        @Test
        void an_endless_reply_is_cut_off_at_the_default_limit() {
            service.stall(PATH, " ".repeat(MarketAccess.DEFAULT_MAX_REPLY_BYTES + 1));

            assertThat(failure(access)).hasMessage("coingecko: reply longer than 262144 bytes");
        }
    }

    @Nested
    class Failures {
        @ParameterizedTest
        @CsvSource({
            "500, status 500 instead of 200",
            "404, status 404 instead of 200",
            "204, status 204 instead of 200",
            "403, status 403 instead of 200"
        })
        void another_status_is_named(int status, String account) {
            service.reply(PATH, status, Map.of());

            assertThat(failure(access)).hasMessage("coingecko: " + account);
        }

        @Test
        void a_refused_connection_is_named() throws IOException {
            int free;
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                free = socket.getLocalPort();
            }

            assertThat(failure(access.withBaseUrl(URI.create("http://127.0.0.1:" + free))))
                    .hasMessage("coingecko: no connection");
        }

        @Test
        void a_reply_that_breaks_off_is_named() {
            service.breakOff(PATH, "{\"bitcoin\":");

            assertThat(failure(access)).hasMessageStartingWith("coingecko: the exchange failed with ");
        }

        @Test
        void a_redirect_is_not_followed() {
            service.reply(PATH, 302, Map.of("Location", service.url() + "/elsewhere"));
            service.ok("/elsewhere", GOOD);

            assertThat(failure(access)).hasMessage("coingecko: status 302 instead of 200");
            assertThat(service.requests()).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(ints = {401, 403})
        void a_refused_key_is_named_but_not_shown(int status) {
            service.reply(PATH, status, Map.of());
            MarketException failure = failure(access.withKey(Secret.of("very-secret")));

            assertThat(failure).hasMessage("coingecko: status " + status + ", the key is refused");
            assertThat(Throwables.getStackTrace(failure)).doesNotContain("very-secret");
        }
    }

    @Nested
    class AfterTooManyQuestions {
        @Test
        void the_service_is_left_alone_until_the_time_it_named() {
            service.reply(PATH, 429, Map.of("Retry-After", "90"));
            assertThat(Await.failure(source.btcPrice(USD)))
                    .hasMessage("coingecko: status 429, too many requests; next request in 90 s at the earliest");
            service.ok(PATH, GOOD);

            clock.advance(Duration.ofSeconds(89));
            assertThat(Await.failure(source.btcPrice(USD)))
                    .hasMessage("coingecko: not queried: it returned status 429; next request not before "
                            + "2026-11-20T12:01:30Z");
            assertThat(service.requests()).hasSize(1);

            clock.advance(Duration.ofSeconds(1));
            assertThat(Await.value(source.btcPrice(USD)).price()).isEqualTo(88_000);
        }

        @ParameterizedTest
        @CsvSource({
            "0, 0",
            "17, 17",
            "' 17 ', 17",
            "86400, 3600",
            "99999999999999, 60",
            "-5, 60",
            "soon, 60",
            "'', 60",
            ", 60",
            "'Fri, 20 Nov 2026 12:02:05 GMT', 125",
            "'Fri, 20 Nov 2026 11:00:00 GMT', 0",
            "'Sat, 21 Nov 2026 12:00:00 GMT', 3600"
        })
        void the_wait_is_read_and_bounded(@Nullable String header, long seconds) {
            assertThat(RetryAfter.of(header, TestClock.START)).isEqualTo(Duration.ofSeconds(seconds));
        }
    }

    @Nested
    class Quotas {
        @Test
        void a_service_is_sent_five_requests_in_any_minute() {
            service.ok(PATH, GOOD);
            for (int request = 0; request < 5; request++) {
                Await.value(source.btcPrice(USD));
                clock.advance(Duration.ofSeconds(10));
            }

            assertThat(Await.failure(source.btcPrice(USD)))
                    .hasMessage("coingecko: not queried: its quota of requests a minute is used up; next request not"
                            + " before 2026-11-20T12:01:00Z");
            assertThat(service.requests()).hasSize(5);

            clock.advance(Duration.ofSeconds(10));
            assertThat(Await.value(source.btcPrice(USD)).price()).isEqualTo(88_000);
        }

        @Test
        void a_key_allows_thirty() {
            service.ok(PATH, GOOD);
            PriceSource withKey = new CoinGecko(access.withKey(Secret.of("demo")));
            for (int request = 0; request < 30; request++) {
                Await.value(withKey.btcPrice(USD));
            }

            assertThat(Await.failure(withKey.btcPrice(USD))).hasMessageContaining("its quota");
        }
    }
}
