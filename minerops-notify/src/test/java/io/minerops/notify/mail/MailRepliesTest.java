package io.minerops.notify.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.alert.Destination;
import io.minerops.api.notify.Delivery;
import io.minerops.notify.Alerts;
import io.minerops.notify.Await;
import io.minerops.notify.LocalhostCertificate;
import io.minerops.notify.ScriptedMailServer;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailRepliesTest {
    private static final String PASSWORD = "App-Pass-4711";
    private static final Destination MAIL = Destination.email();

    @Nested
    class StartTls {
        @Test
        void turns_to_tls_before_anything_is_said() {
            try (ScriptedMailServer server = ScriptedMailServer.withStartTls().answers("AUTH", "235 welcome");
                    EmailNotifier notifier = signedIn(server).build()) {
                assertThat(Await.delivery(notifier.deliver(Alerts.test(MAIL)))).isInstanceOf(Delivery.Sent.class);
                int turned = server.commands().indexOf("(tls)");
                assertThat(server.commands().subList(0, turned))
                        .allMatch(command -> command.startsWith("EHLO") || command.equals("STARTTLS"));
                assertThat(server.commands().subList(turned, server.commands().size()))
                        .anyMatch(command -> command.startsWith("AUTH"))
                        .anyMatch(command -> command.startsWith("MAIL FROM:"));
            }
        }

        @Test
        void a_server_that_does_not_offer_it_gets_neither_password_nor_mail() {
            try (ScriptedMailServer server = ScriptedMailServer.plain();
                    EmailNotifier notifier = signedIn(server).build()) {
                assertThat(Await.retry(notifier.deliver(Alerts.test(MAIL))).reason())
                        .contains("STARTTLS");
                assertThat(server.commands())
                        .noneMatch(command -> command.startsWith("AUTH") || command.startsWith("MAIL"));
            }
        }

        @Test
        void a_server_that_refuses_to_turn_gets_neither_password_nor_mail() {
            try (ScriptedMailServer server =
                            ScriptedMailServer.withStartTls().answers("STARTTLS", "454 not available");
                    EmailNotifier notifier = signedIn(server).build()) {
                Await.retry(notifier.deliver(Alerts.test(MAIL)));
                assertThat(server.commands())
                        .noneMatch(command -> command.startsWith("AUTH") || command.startsWith("MAIL"));
            }
        }

        @Test
        void a_refused_sign_in_is_final_and_the_password_is_not_repeated() {
            try (ScriptedMailServer server =
                            ScriptedMailServer.withStartTls().answers("AUTH", "535 no, not " + PASSWORD);
                    EmailNotifier notifier = signedIn(server).build()) {
                assertThat(Await.failure(notifier.deliver(Alerts.test(MAIL))))
                        .contains("refused the sign-in", "535")
                        .doesNotContain(PASSWORD);
            }
        }

        @Test
        void a_sign_in_that_cannot_be_checked_now_is_tried_again() {
            try (ScriptedMailServer server =
                            ScriptedMailServer.withStartTls().answers("AUTH", "454 temporary trouble");
                    EmailNotifier notifier = signedIn(server).build()) {
                Await.retry(notifier.deliver(Alerts.test(MAIL)));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', 421 busy, true",
        "'', 554 blocked, false",
        "MAIL FROM, 451 later, true",
        "MAIL FROM, 550 sender unknown, false",
        "RCPT TO, 450 greylisted, true",
        "RCPT TO, 550 no such user, false",
        "DATA, 452 disk full, true",
        "DATA, 554 no, false",
        "., 451 later, true",
        "., 552 too much, false"
    })
    void replies_of_four_hundred_pass_and_of_five_hundred_stay(String command, String reply, boolean passing) {
        try (ScriptedMailServer server = ScriptedMailServer.plain().answers(command, reply);
                EmailNotifier notifier = unprotected(server).build()) {
            Delivery delivery = Await.delivery(notifier.deliver(Alerts.test(MAIL)));
            assertThat(delivery).isInstanceOf(passing ? Delivery.RetryAfter.class : Delivery.Failed.class);
            assertThat(delivery.toString()).contains(reply.substring(0, 3));
        }
    }

    @Test
    void a_recipient_refused_for_good_fails_visibly_and_the_others_have_the_mail() {
        try (ScriptedMailServer server = ScriptedMailServer.plain().answers("RCPT TO:<GONE@", "550 no such user");
                EmailNotifier notifier = unprotected(server)
                        .to("gone@example.com", "ops@example.com")
                        .build()) {
            assertThat(Await.failure(notifier.deliver(Alerts.test(MAIL))))
                    .contains("accepted 1 of 2 recipients")
                    .contains("gone@example.com: 550 no such user");
            assertThat(server.commands()).contains("RCPT TO:<ops@example.com>", "DATA");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"421 busy", "450 mailbox busy", "451 greylisted", "452 full"})
    void a_recipient_refused_for_now_is_tried_again_without_those_that_have_the_mail(String reply) {
        try (ScriptedMailServer server = ScriptedMailServer.plain().answers("RCPT TO:<LATER@", reply);
                EmailNotifier notifier = unprotected(server)
                        .to("ops@example.com", "later@example.com", "night@example.com")
                        .build()) {
            assertThat(Await.retry(notifier.deliver(Alerts.test(MAIL))).reason())
                    .contains("accepted 2 of 3 recipients")
                    .contains("later@example.com: " + reply);
            server.commands().clear();
            server.answers("RCPT TO:<LATER@", "250 fine");

            assertThat(Await.delivery(notifier.deliver(Alerts.test(MAIL)))).isInstanceOf(Delivery.Sent.class);

            assertThat(server.commands())
                    .filteredOn(command -> command.startsWith("RCPT"))
                    .containsExactly("RCPT TO:<later@example.com>");
        }
    }

    @Test
    void recipients_refused_for_good_and_for_now_are_distinguished_over_the_attempts() {
        try (ScriptedMailServer server = ScriptedMailServer.plain()
                        .answers("RCPT TO:<LATER@", "450 busy")
                        .answers("RCPT TO:<GONE@", "551 moved");
                EmailNotifier notifier = unprotected(server)
                        .to("gone@example.com", "later@example.com", "ops@example.com")
                        .build()) {
            Await.retry(notifier.deliver(Alerts.test(MAIL)));
            server.commands().clear();
            server.answers("RCPT TO:<LATER@", "250 fine");

            assertThat(Await.failure(notifier.deliver(Alerts.test(MAIL))))
                    .contains("accepted 2 of 3 recipients")
                    .contains("gone@example.com: 551 moved")
                    .doesNotContain("later@");
            assertThat(server.commands())
                    .filteredOn(command -> command.startsWith("RCPT"))
                    .containsExactly("RCPT TO:<later@example.com>");
        }
    }

    @Test
    void a_mail_that_is_refused_as_a_whole_after_its_recipients_goes_to_all_of_them_again() {
        try (ScriptedMailServer server = ScriptedMailServer.plain().answers(".", "451 try later");
                EmailNotifier notifier = unprotected(server)
                        .to("one@example.com", "two@example.com")
                        .build()) {
            Await.retry(notifier.deliver(Alerts.test(MAIL)));
            server.commands().clear();
            server.answers(".", "250 taken");

            assertThat(Await.delivery(notifier.deliver(Alerts.test(MAIL)))).isInstanceOf(Delivery.Sent.class);
            assertThat(server.commands())
                    .filteredOn(command -> command.startsWith("RCPT"))
                    .hasSize(2);
        }
    }

    @Test
    void a_mail_tried_again_has_the_same_id() {
        try (ScriptedMailServer server = ScriptedMailServer.plain();
                EmailNotifier notifier = unprotected(server).build()) {
            Delivery first = Await.delivery(notifier.deliver(Alerts.test(MAIL)));
            assertThat(first).isEqualTo(new Delivery.Sent("<minerops-test-1@example.org>"));
            assertThat(Await.delivery(notifier.deliver(Alerts.test(MAIL)))).isEqualTo(first);
        }
    }

    @Test
    void a_silent_server_is_tried_again() {
        try (ScriptedMailServer server = ScriptedMailServer.plain().answers("MAIL", ScriptedMailServer.SILENCE);
                EmailNotifier notifier =
                        unprotected(server).timeout(Duration.ofMillis(200)).build()) {
            Await.retry(notifier.deliver(Alerts.test(MAIL)));
        }
    }

    @Nested
    class Queue {
        @Test
        void a_full_notifier_returns_retry_after_and_closing_ends_waiting_messages() {
            try (ScriptedMailServer server = ScriptedMailServer.plain().answers("", ScriptedMailServer.SILENCE)) {
                EmailNotifier notifier = unprotected(server).maxQueued(1).build();
                CompletionStage<Delivery> first = notifier.deliver(Alerts.test(MAIL));
                CompletionStage<Delivery> second = notifier.deliver(Alerts.test(MAIL));
                CompletionStage<Delivery> third = notifier.deliver(Alerts.test(MAIL));
                assertThat(Await.retry(third).reason()).contains("waiting already");
                assertThat(first.toCompletableFuture()).isNotDone();
                notifier.close();
                assertThat(Await.retry(second).reason()).isEqualTo("the e-mail channel is closed");
            }
        }

        @Test
        void an_attempt_ends_in_time_and_is_not_sent_late() {
            try (ScriptedMailServer server = ScriptedMailServer.plain().answers("", ScriptedMailServer.SILENCE);
                    EmailNotifier notifier = unprotected(server)
                            .attemptTimeout(Duration.ofMillis(300))
                            .build()) {
                CompletionStage<Delivery> first = notifier.deliver(Alerts.test(MAIL));
                CompletionStage<Delivery> waiting = notifier.deliver(Alerts.test(MAIL));
                assertThat(Await.retry(first).reason()).contains("in time");
                assertThat(Await.retry(waiting).reason()).contains("in time");
                assertThat(server.commands()).isEmpty();
            }
        }

        @Test
        void after_closing_nothing_is_sent() {
            try (ScriptedMailServer server = ScriptedMailServer.plain()) {
                EmailNotifier notifier = unprotected(server).build();
                notifier.close();
                notifier.close();
                assertThat(Await.retry(notifier.deliver(Alerts.test(MAIL))).reason())
                        .contains("closed");
                assertThat(server.commands()).isEmpty();
            }
        }
    }

    private static EmailBuilder signedIn(ScriptedMailServer server) {
        return EmailNotifier.builder()
                .host("localhost")
                .port(server.port())
                .login("miner@example.org", PASSWORD)
                .tls(LocalhostCertificate.context())
                .to("ops@example.com");
    }

    private static EmailBuilder unprotected(ScriptedMailServer server) {
        return EmailNotifier.builder()
                .host("localhost")
                .port(server.port())
                .security(SmtpSecurity.NONE)
                .from("miner@example.org")
                .to("ops@example.com");
    }
}
