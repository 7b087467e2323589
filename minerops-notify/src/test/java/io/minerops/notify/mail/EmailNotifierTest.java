package io.minerops.notify.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.minerops.api.alert.Alert;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Severity;
import io.minerops.api.notify.Delivery;
import io.minerops.notify.Alerts;
import io.minerops.notify.Await;
import io.minerops.notify.LocalhostCertificate;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EmailNotifierTest {
    private static final String USER = "miner@example.org";
    private static final String PASSWORD = "App-Pass-4711";
    private static final Destination MAIL = Destination.email();

    private GreenMail server;

    @BeforeEach
    void start() {
        System.setProperty(
                "greenmail.tls.keystore.file", LocalhostCertificate.store().toString());
        System.setProperty("greenmail.tls.keystore.password", LocalhostCertificate.PASSWORD);
        server = new GreenMail(new ServerSetup[] {
            new ServerSetup(0, "localhost", ServerSetup.PROTOCOL_SMTPS),
            new ServerSetup(0, "localhost", ServerSetup.PROTOCOL_SMTP)
        });
        server.start();
        server.setUser(USER, USER, PASSWORD);
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Nested
    class Mail {
        @Test
        void arrives_with_the_headers_of_an_automatic_message() throws MessagingException {
            MimeMessage mail = mailed(Alerts.hot());
            assertThat(mail.getSubject()).isEqualTo("[MinerOps] Critical: 10.0.0.7 temperature");
            assertThat(mail.getFrom()[0].toString()).isEqualTo(USER);
            assertThat(mail.getAllRecipients()[0].toString()).isEqualTo("ops@example.com");
            assertThat(mail.getMessageID()).isEqualTo("<minerops-firing-7@example.org>");
            assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
            assertThat(mail.getSentDate().toInstant()).isEqualTo(Instant.parse("2026-11-20T09:00:00Z"));
        }

        @Test
        void is_text_first_and_html_last() throws MessagingException, IOException {
            Multipart parts = (Multipart) mailed(Alerts.hot()).getContent();
            assertThat(parts.getContentType()).startsWith("multipart/alternative");
            assertThat(parts.getCount()).isEqualTo(2);
            assertThat(parts.getBodyPart(0).getContentType())
                    .startsWith("text/plain")
                    .containsIgnoringCase("utf-8");
            assertThat(parts.getBodyPart(1).getContentType())
                    .startsWith("text/html")
                    .containsIgnoringCase("utf-8");
        }

        @Test
        void says_in_text_what_happened() throws MessagingException, IOException {
            assertThat(part(mailed(Alerts.hot()), 0).replace("\r\n", "\n")).isEqualTo("""
                            Critical: 10.0.0.7 temperature

                            Mean temperature 91.2 °C is above 80 °C

                            Miner: 10.0.0.7
                            Rule: High temperature
                            Severity: critical
                            Values: avg temp 91.2 °C, temp 80 °C
                            Since: 2026-11-20 08:00 UTC

                            See more: https://ops.example.com/a?b=1&c=2
                            """);
        }

        @Test
        void escapes_device_text_in_html() throws MessagingException, IOException {
            Alert alert = Alerts.alert(
                    1, "10.0.0.1", Severity.INFO, RuleType.FAN, "<b>rule</b>", "<script>alert('x')</script> & \"y\"");
            assertThat(part(mailed(alert), 1))
                    .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;y&quot;")
                    .contains("&lt;b&gt;rule&lt;/b&gt;")
                    .contains("href=\"https://ops.example.com/a?b=1&amp;c=2\"")
                    .doesNotContain("<script", "<b>");
        }

        @Test
        void cannot_be_given_headers_by_a_miner() throws MessagingException {
            Alert alert = Alerts.alert(
                    1,
                    "10.0.0.1",
                    Severity.INFO,
                    RuleType.FAN,
                    "r\r\nBcc: a@b.c",
                    "m\r\nBcc: evil@example.com\r\n\r\nx");
            MimeMessage mail = mailed(alert);
            assertThat(mail.getHeader("Bcc")).isNull();
            assertThat(mail.getSubject()).doesNotContain("\r", "\n");
        }

        @Test
        void of_a_group_lists_the_first_miners() throws MessagingException, IOException {
            try (EmailNotifier notifier = tls().maxMiners(2).build()) {
                sent(notifier.deliver(Alerts.raisedTogether(MAIL, Alerts.many(100, "No answer"))));
            }
            MimeMessage mail = received();
            assertThat(mail.getSubject()).isEqualTo("[MinerOps] 100 alerts raised: 66 temperature, 34 offline");
            assertThat(part(mail, 0)).contains("- 10.1.0.1 warning, temperature: No answer", "- and 98 more");
            assertThat(part(mail, 1)).contains("<li>and 98 more</li>");
        }

        @Test
        void of_every_kind_is_taken() {
            try (EmailNotifier notifier = tls().build()) {
                sent(notifier.deliver(Alerts.reminder(MAIL)));
                sent(notifier.deliver(Alerts.resolved(MAIL)));
                sent(notifier.deliver(Alerts.test(MAIL)));
            }
            assertThat(server.getReceivedMessages()).hasSize(3);
        }

        @Test
        void goes_to_every_recipient() throws MessagingException {
            try (EmailNotifier notifier =
                    tls().to("a@example.com", "b@example.com").build()) {
                sent(notifier.deliver(Alerts.test(MAIL)));
            }
            assertThat(server.getReceivedMessages()).hasSize(2);
            assertThat(server.getReceivedMessages()[0].getAllRecipients()).hasSize(2);
        }
    }

    @Nested
    class Connection {
        @Test
        void without_protection_goes_to_a_relay_that_requests_no_sign_in() {
            try (EmailNotifier notifier = EmailNotifier.builder()
                    .host("localhost")
                    .port(server.getSmtp().getPort())
                    .security(SmtpSecurity.NONE)
                    .from("miner@example.org")
                    .to("ops@example.com")
                    .build()) {
                sent(notifier.deliver(Alerts.test(MAIL)));
            }
            assertThat(server.getReceivedMessages()).hasSize(1);
        }

        @Test
        void a_wrong_password_fails_for_good_and_is_not_repeated() {
            try (EmailNotifier notifier = tls().login(USER, "Wrong-Pass-99").build()) {
                assertThat(Await.failure(notifier.deliver(Alerts.test(MAIL))))
                        .contains("refused the sign-in")
                        .doesNotContain("Wrong-Pass-99");
            }
        }

        @Test
        void a_certificate_for_another_host_is_not_accepted() {
            try (EmailNotifier notifier = tls().host("127.0.0.1").build()) {
                assertThat(Await.retry(notifier.deliver(Alerts.test(MAIL))).reason())
                        // the JDK's words, or those of older mail libraries
                        .containsAnyOf("No subject alternative names matching", "Can't verify identity of server");
            }
            assertThat(server.getReceivedMessages()).isEmpty();
        }

        @Test
        void an_untrusted_certificate_is_not_accepted() {
            try (EmailNotifier notifier = EmailNotifier.builder()
                    .host("localhost")
                    .port(server.getSmtps().getPort())
                    .security(SmtpSecurity.TLS)
                    .login(USER, PASSWORD)
                    .to("ops@example.com")
                    .build()) {
                assertThat(Await.retry(notifier.deliver(Alerts.test(MAIL))).reason())
                        .contains("PKIX path building failed");
            }
            assertThat(server.getReceivedMessages()).isEmpty();
        }

        @Test
        void a_server_that_is_down_is_tried_again() {
            try (EmailNotifier notifier = tls().build()) {
                server.stop();
                assertThat(Await.retry(notifier.deliver(Alerts.test(MAIL))).reason())
                        .startsWith("mail server localhost:");
            }
        }
    }

    private EmailBuilder tls() {
        return EmailNotifier.builder()
                .host("localhost")
                .port(server.getSmtps().getPort())
                .security(SmtpSecurity.TLS)
                .login(USER, PASSWORD)
                .tls(LocalhostCertificate.context())
                .dashboard(URI.create("https://ops.example.com/a?b=1&c=2"))
                .clock(() -> Instant.parse("2026-11-20T09:00:00Z"))
                .to("ops@example.com");
    }

    private MimeMessage mailed(Alert alert) {
        try (EmailNotifier notifier = tls().build()) {
            sent(notifier.deliver(Alerts.firing(MAIL, alert)));
        }
        return received();
    }

    private static void sent(CompletionStage<Delivery> stage) {
        assertThat(Await.delivery(stage)).isInstanceOf(Delivery.Sent.class);
    }

    private MimeMessage received() {
        MimeMessage[] received = server.getReceivedMessages();
        assertThat(received).hasSize(1);
        return received[0];
    }

    private static String part(MimeMessage mail, int index) throws MessagingException, IOException {
        return (String) ((Multipart) mail.getContent()).getBodyPart(index).getContent();
    }
}
