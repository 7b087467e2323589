package io.minerops.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.alert.Webhook;
import io.minerops.api.alert.WebhookFormat;
import io.minerops.api.notify.Delivery;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookAnswerTest {
    private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");
    private static final Webhook HOOK =
            Webhook.of("https://hooks.example.com/services/T0TOKEN99?key=QUERYKEY%2B1", WebhookFormat.SLACK);
    private static final Webhook DISCORD = Webhook.of("https://discord.example.com/hook/abc", WebhookFormat.DISCORD);

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void any_success_is_sent(int status) {
        assertThat(answer(status, null, "ok").delivery(HOOK, NOW)).isEqualTo(new Delivery.Sent(null));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504, 599})
    void passing_trouble_is_tried_again(int status) {
        assertThat(answer(status, null, "").delivery(HOOK, NOW))
                .isEqualTo(new Delivery.RetryAfter(null, "https://hooks.example.com/*** answered " + status));
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 307, 308, 400, 401, 403, 404, 410, 413, 422})
    void other_answers_are_final(int status) {
        assertThat(answer(status, "5", "").delivery(HOOK, NOW)).isInstanceOf(Delivery.Failed.class);
    }

    @Test
    void a_hook_that_is_gone_is_called_so() {
        assertThat(answer(410, null, "channel_is_archived").delivery(HOOK, NOW))
                .isEqualTo(
                        new Delivery.Failed("https://hooks.example.com/*** answered 410 (gone): channel_is_archived"));
    }

    @Nested
    class Wait {
        @ParameterizedTest
        @CsvSource({
            "30, PT30S",
            "0, PT0S",
            "0.5, PT0.5S",
            "999999999, PT1H",
            "'Fri, 20 Nov 2026 08:00:45 GMT', PT45S",
            "'Fri, 20 Nov 2026 07:00:00 GMT', PT0S",
            "'Thu, 20 Nov 2036 07:00:00 GMT', PT1H"
        })
        void the_header_is_honoured_up_to_an_hour(String header, Duration wait) {
            assertThat(delay(answer(429, header, "").delivery(HOOK, NOW))).isEqualTo(wait);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "soon", "-3", "1e9", "NaN"})
        void an_unreadable_header_says_nothing(String header) {
            assertThat(delay(answer(503, header, "").delivery(HOOK, NOW))).isNull();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{\"message\":\"limited\",\"retry_after\":0.652,\"global\":false} | PT0.652S",
                    "{\"a\":{\"retry_after\":9},\"retry_after\":2} | PT2S",
                    "{\"retry_after\":1e12} | PT1H",
                    "{\"retry_after\":-5} | PT0S",
                    "{\"retry_after\":\"x\"} | PT7S",
                    "not json | PT7S",
                    "[1] | PT7S",
                    "{\"retry_after\" | PT7S"
                })
        void discord_says_it_in_the_body_and_else_in_the_header(String body, Duration wait) {
            assertThat(delay(answer(429, "7", body).delivery(DISCORD, NOW))).isEqualTo(wait);
        }

        private static @Nullable Duration delay(Delivery delivery) {
            return ((Delivery.RetryAfter) delivery).delay();
        }
    }

    @Nested
    class Reason {
        @Test
        void parts_of_the_address_are_masked_in_what_the_service_said() {
            String body = "no route POST /services/T0TOKEN99?key=QUERYKEY%2B1 or QUERYKEY+1";
            assertThat(reason(body)).doesNotContain("T0TOKEN99", "QUERYKEY");
        }

        @Test
        void what_the_service_said_is_cut_and_cleaned() {
            String reason = reason("\u001b[31mline\r\n".repeat(10_000));
            assertThat(reason).doesNotContain("\n", "\r", "\u001b");
            assertThat(reason.substring(reason.indexOf("404: ") + 5)).hasSizeLessThanOrEqualTo(200);
        }

        private static String reason(String body) {
            return ((Delivery.Failed) answer(404, null, body).delivery(HOOK, NOW)).reason();
        }
    }

    private static WebhookAnswer answer(int status, @Nullable String retryAfter, String body) {
        return new WebhookAnswer(status, retryAfter, body);
    }
}
