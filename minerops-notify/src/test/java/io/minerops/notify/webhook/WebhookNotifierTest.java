package io.minerops.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.minerops.api.InvalidArgumentException;
import io.minerops.api.Secret;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.Webhook;
import io.minerops.api.alert.WebhookFormat;
import io.minerops.api.notify.Delivery;
import io.minerops.api.notify.Notification;
import io.minerops.notify.Alerts;
import io.minerops.notify.Await;
import io.minerops.notify.LoopbackHook;
import io.minerops.notify.internal.Message;
import io.minerops.notify.internal.MessageWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookNotifierTest {
    private static final Secret SIGNING = Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static final Instant NOW = Instant.ofEpochSecond(1_614_265_330);

    private final LoopbackHook hook = new LoopbackHook();
    private WebhookNotifier notifier = local().build();

    @AfterEach
    void close() {
        notifier.close();
        hook.close();
    }

    @Nested
    class ChannelOfItsOwn {
        @Test
        void posts_to_its_own_webhook_whatever_the_message_names() {
            notifier.close();
            Webhook own = java.util.Objects.requireNonNull(
                    hook.destination(WebhookFormat.SLACK).webhook());
            notifier = local().channel("noc-slack", own).build();

            assertThat(notifier.channel()).isEqualTo("noc-slack");
            assertThat(Await.delivery(notifier.deliver(Alerts.firing(Destination.of("noc-slack")))))
                    .isEqualTo(new Delivery.Sent(null));
            assertThat(hook.posts())
                    .singleElement()
                    .satisfies(post -> assertThat(post.path()).isEqualTo("/hook/" + LoopbackHook.TOKEN));
            assertThat(notifier.toString()).doesNotContain(LoopbackHook.TOKEN);
        }

        @ParameterizedTest
        @ValueSource(strings = {"email", "webhook", " ", "a name with more than 32 characters"})
        void has_a_name_that_no_other_channel_has(String name) {
            Webhook own = Webhook.of("https://hooks.example.com/a", WebhookFormat.GENERIC);

            assertThatThrownBy(() -> local().channel(name, own))
                    .isInstanceOfSatisfying(
                            InvalidArgumentException.class,
                            e -> assertThat(e.argument()).isEqualTo("channel"));
        }
    }

    @Nested
    class Request {
        @ParameterizedTest
        @EnumSource(WebhookFormat.class)
        void posts_the_body_of_the_format_as_json(WebhookFormat format) throws IOException {
            Notification notification = Alerts.firing(hook.destination(format));
            assertThat(Await.delivery(notifier.deliver(notification))).isEqualTo(new Delivery.Sent(null));
            LoopbackHook.Post post = hook.posts().get(0);
            assertThat(post.method()).isEqualTo("POST");
            assertThat(post.path()).isEqualTo("/hook/" + LoopbackHook.TOKEN);
            assertThat(post.headers().getFirst("Content-Type")).isEqualTo("application/json; charset=utf-8");
            Message message = new MessageWriter(null, MessageWriter.DEFAULT_MINERS).write(notification);
            ObjectMapper json = new ObjectMapper();
            assertThat(json.readTree(post.body()))
                    .isEqualTo(json.readTree(
                            WebhookBody.bytes(WebhookBody.in(format).of(notification, message))));
        }

        @Test
        void a_generic_post_has_its_key_and_a_signature_over_what_was_sent() {
            notifier = local().signingSecret(SIGNING).clock(() -> NOW).build();
            Await.delivery(send(WebhookFormat.GENERIC));
            LoopbackHook.Post post = hook.posts().get(0);
            assertThat(post.headers().getFirst("webhook-id")).isEqualTo("minerops-firing-7");
            assertThat(post.headers().getFirst("Idempotency-Key")).isEqualTo("minerops-firing-7");
            assertThat(post.headers().getFirst("webhook-timestamp")).isEqualTo("1614265330");
            assertThat(post.headers().getFirst("webhook-signature"))
                    .isEqualTo(new WebhookSignature(SIGNING)
                            .of("minerops-firing-7", 1_614_265_330, post.body().getBytes(StandardCharsets.UTF_8)));
        }

        @Test
        void without_a_secret_nothing_is_signed() {
            Await.delivery(send(WebhookFormat.GENERIC));
            assertThat(hook.posts().get(0).headers()).doesNotContainKey("Webhook-signature");
        }

        @Test
        void services_get_no_signature() {
            notifier = local().signingSecret(SIGNING).build();
            Await.delivery(send(WebhookFormat.SLACK));
            assertThat(hook.posts().get(0).headers()).doesNotContainKeys("Webhook-signature", "Webhook-id");
        }
    }

    @Nested
    class LookUps {
        private final CountDownLatch answered = new CountDownLatch(1);

        @AfterEach
        void release() {
            answered.countDown();
        }

        private WebhookNotifier.Builder hanging() {
            return local().resolver(host -> {
                if (host.endsWith(".invalid")) {
                    Await.latch(answered);
                    throw new UnknownHostException(host);
                }
                return List.of(InetAddress.getByName(host));
            });
        }

        private CompletionStage<Delivery> sendTo(String host) {
            return notifier.deliver(
                    Alerts.firing(Destination.webhook(Webhook.of("https://" + host + "/hook", WebhookFormat.GENERIC))));
        }

        @Test
        void many_that_hang_hold_up_no_other_host() {
            notifier = hanging().timeout(Duration.ofMinutes(5)).build();
            List<CompletionStage<Delivery>> hung = IntStream.range(0, 100)
                    .mapToObj(number -> sendTo("host-" + number + ".invalid"))
                    .toList();

            assertThat(Await.delivery(send(WebhookFormat.GENERIC))).isEqualTo(new Delivery.Sent(null));

            assertThat(hung).noneMatch(stage -> stage.toCompletableFuture().isDone());
        }

        @Test
        void one_host_holds_one_thread_only_and_the_limit_is_reported() {
            notifier = hanging().maxUnderWay(3).timeout(Duration.ofMillis(300)).build();
            for (int times = 0; times < 3; times++) {
                assertThat(Await.retry(sendTo("same.invalid")).reason()).contains("did not answer in time");
            }
            assertThat(Await.retry(sendTo("second.invalid")).reason()).contains("did not answer in time");
            assertThat(Await.retry(sendTo("third.invalid")).reason()).contains("did not answer in time");

            assertThat(Await.retry(send(WebhookFormat.GENERIC)).reason()).contains("too many look-ups hang");
        }
    }

    @Nested
    class Answers {
        @ParameterizedTest
        @ValueSource(ints = {200, 202, 204})
        void success_is_sent(int status) {
            hook.answers(status, "");
            assertThat(Await.delivery(send(WebhookFormat.TEAMS))).isEqualTo(new Delivery.Sent(null));
        }

        @ParameterizedTest
        @ValueSource(ints = {200, 201, 202})
        void success_is_decided_by_the_status_however_slow_the_body_is(int status) {
            notifier = local().timeout(Duration.ofMinutes(5)).build();
            hook.answersAndStops(status);
            assertThat(Await.delivery(send(WebhookFormat.SLACK))).isEqualTo(new Delivery.Sent(null));
        }

        @ParameterizedTest
        @CsvSource({"400,false", "404,false", "410,false", "302,false", "429,true", "500,true", "503,true"})
        void a_refusal_whose_body_does_not_end_is_still_that_refusal(int status, boolean passing) {
            notifier = local().timeout(Duration.ofMillis(500)).build();
            hook.answersAndStops(status);
            Delivery delivery = Await.delivery(send(WebhookFormat.DISCORD));
            assertThat(delivery).isInstanceOf(passing ? Delivery.RetryAfter.class : Delivery.Failed.class);
            assertThat(delivery.toString()).contains("answered " + status);
        }

        @Test
        void a_limited_rate_waits_as_long_as_the_service_says() {
            hook.answers(429, "slow down", "Retry-After", "17");
            assertThat(Await.retry(send(WebhookFormat.SLACK)).delay()).isEqualTo(Duration.ofSeconds(17));
        }

        @Test
        void discord_says_the_wait_in_its_body() {
            hook.answers(429, "{\"retry_after\":0.25}", "Retry-After", "1");
            assertThat(Await.retry(send(WebhookFormat.DISCORD)).delay()).isEqualTo(Duration.ofMillis(250));
        }

        @Test
        void an_error_of_the_server_is_tried_again() {
            hook.answers(503, "maintenance");
            assertThat(Await.retry(send(WebhookFormat.GENERIC)).reason()).endsWith("answered 503: maintenance");
        }

        @Test
        void a_refusal_is_final_and_does_not_show_the_address() {
            hook.answers(404, "no such hook: /hook/" + LoopbackHook.TOKEN);
            assertThat(Await.failure(send(WebhookFormat.SLACK)))
                    .contains("answered 404: no such hook")
                    .doesNotContain(LoopbackHook.TOKEN);
        }

        @Test
        void a_hook_that_is_gone_is_final() {
            hook.answers(410, "channel_is_archived");
            assertThat(Await.failure(send(WebhookFormat.SLACK))).contains("gone");
        }

        @Test
        void a_redirect_is_not_followed() {
            hook.answers(307, "", "Location", "/elsewhere");
            assertThat(Await.failure(send(WebhookFormat.GENERIC))).contains("redirect");
            assertThat(hook.posts()).hasSize(1);
        }

        @Test
        void a_huge_reply_is_cut_off_and_its_status_counts() {
            hook.answersWithoutEnd(200);
            assertThat(Await.delivery(send(WebhookFormat.GENERIC))).isEqualTo(new Delivery.Sent(null));
        }

        @Test
        void a_huge_refusal_gives_a_short_reason() {
            hook.answersWithoutEnd(400);
            assertThat(Await.failure(send(WebhookFormat.GENERIC))).hasSizeLessThan(300);
        }
    }

    @Nested
    class Trouble {
        @Test
        void a_silent_service_is_tried_again() {
            notifier = local().timeout(Duration.ofMillis(300)).build();
            hook.staysSilent();
            assertThat(Await.retry(send(WebhookFormat.GENERIC)).reason()).endsWith("did not answer in time");
        }

        @Test
        void a_closed_port_is_tried_again() throws IOException {
            int port;
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
            Destination absent = at("http://127.0.0.1:" + port + "/" + LoopbackHook.TOKEN);
            assertThat(Await.retry(notifier.deliver(Alerts.firing(absent))).reason())
                    .contains("could not be reached")
                    .doesNotContain(LoopbackHook.TOKEN);
        }

        @Test
        void a_host_without_address_is_tried_again() {
            notifier = local().resolver(host -> {
                        throw new UnknownHostException(host);
                    })
                    .build();
            assertThat(Await.retry(send(WebhookFormat.GENERIC)).reason()).endsWith("could not be resolved");
        }

        @Test
        void more_concurrent_posts_than_allowed_get_retry_after() {
            notifier = local().maxUnderWay(1).build();
            hook.staysSilent();
            CompletionStage<Delivery> first = send(WebhookFormat.GENERIC);
            assertThat(Await.retry(send(WebhookFormat.GENERIC)).reason()).contains("under way already");
            notifier.close();
            assertThat(Await.retry(first).reason()).isEqualTo("the webhook channel is closed");
        }

        @Test
        void the_place_of_a_post_that_ended_is_free_again() {
            notifier = local().maxUnderWay(1).build();
            for (int i = 0; i < 3; i++) {
                assertThat(Await.delivery(send(WebhookFormat.GENERIC))).isInstanceOf(Delivery.Sent.class);
            }
        }

        @Test
        void after_closing_nothing_is_posted() {
            notifier.close();
            notifier.close();
            assertThat(Await.retry(send(WebhookFormat.GENERIC)).reason()).contains("closed");
            assertThat(hook.posts()).isEmpty();
        }

        @Test
        void a_message_without_webhook_fails() {
            assertThat(Await.failure(notifier.deliver(Alerts.test(Destination.of("webhook")))))
                    .contains("names no webhook");
        }
    }

    @Nested
    class Targets {
        @Test
        void loopback_is_refused_unless_listed() {
            notifier = WebhookNotifier.create();
            assertThat(Await.failure(send(WebhookFormat.GENERIC)))
                    .startsWith("http://127.0.0.1:")
                    .contains("may not be reached")
                    .doesNotContain(LoopbackHook.TOKEN);
            assertThat(hook.posts()).isEmpty();
        }

        @Test
        void a_public_name_that_resolves_to_a_private_address_is_refused() throws IOException {
            InetAddress metadata = InetAddress.getByName("169.254.169.254");
            notifier = WebhookNotifier.builder()
                    .resolver(host -> List.of(metadata))
                    .build();
            assertThat(Await.failure(notifier.deliver(Alerts.test(at("https://hooks.example.com/x")))))
                    .contains("not public");
        }
    }

    @Nested
    class Settings {
        @Test
        void secrets_are_not_shown() {
            notifier = local().signingSecret(SIGNING).build();
            assertThat(notifier.toString()).doesNotContain(SIGNING.reveal()).contains("signed");
        }

        @Test
        void the_channel_is_webhook() {
            assertThat(notifier.channel()).isEqualTo("webhook");
        }

        @ParameterizedTest
        @ValueSource(strings = {"ftp://a/", "/path", "javascript:alert(1)", "https://user@host/"})
        void a_dashboard_must_be_a_web_address(String address) {
            assertThatThrownBy(() -> local().dashboard(URI.create(address)))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining("dashboard");
        }

        @Test
        void a_timeout_is_limited() {
            assertThatThrownBy(() -> local().timeout(Duration.ofMinutes(6)))
                    .isInstanceOf(InvalidArgumentException.class);
        }
    }

    private CompletionStage<Delivery> send(WebhookFormat format) {
        return notifier.deliver(Alerts.firing(hook.destination(format)));
    }

    private static WebhookNotifier.Builder local() {
        return WebhookNotifier.builder().targets(WebhookTargets.allowing(List.of("127.0.0.0/8")));
    }

    private static Destination at(String url) {
        return Destination.webhook(Webhook.of(url, WebhookFormat.GENERIC));
    }
}
