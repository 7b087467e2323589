package io.minerops.notify.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.Secret;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailBuilderTest {
    @ParameterizedTest
    @CsvSource({"GMAIL, smtp.gmail.com", "OUTLOOK, smtp-mail.outlook.com", "YAHOO, smtp.mail.yahoo.com"})
    void presets_know_their_server(SmtpPreset preset, String host) {
        SmtpSettings settings = EmailNotifier.builder()
                .preset(preset)
                .login("me@example.com", "secret")
                .to("ops@example.com")
                .settings();
        assertThat(settings.server()).isEqualTo(host + ":587");
        assertThat(settings.security()).isEqualTo(SmtpSecurity.STARTTLS);
        assertThat(settings.from().getAddress()).isEqualTo("me@example.com");
    }

    @Test
    void a_preset_is_a_notifier_in_one_line() {
        try (EmailNotifier notifier = EmailNotifier.preset(SmtpPreset.GMAIL, "me@example.com", "App-Pass-1")
                .to("ops@example.com")) {
            assertThat(notifier.channel()).isEqualTo("email");
            assertThat(notifier).hasToString("EmailNotifier[smtp.gmail.com:587 starttls, 1 recipients]");
        }
    }

    @Test
    void neither_builder_nor_settings_show_the_password() {
        EmailBuilder builder = complete().login("me@example.com", Secret.of("App-Pass-1"));
        assertThat(builder.toString() + builder.settings()).doesNotContain("App-Pass-1");
    }

    @Test
    void starttls_has_no_way_back_and_hosts_are_checked() {
        assertThat(complete().settings().properties())
                .containsEntry("mail.smtp.starttls.required", "true")
                .containsEntry("mail.smtp.ssl.checkserveridentity", "true")
                .containsEntry("mail.smtp.connectiontimeout", "5000")
                .containsEntry("mail.smtp.timeout", "10000")
                .containsEntry("mail.smtp.writetimeout", "10000");
    }

    @Test
    void a_password_without_protection_is_refused() {
        assertThatThrownBy(() -> complete()
                        .security(SmtpSecurity.NONE)
                        .login("a", "bbbb")
                        .build())
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("smtp_security")
                .message()
                .doesNotContain("bbbb");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ops", "ops@", "a@b.c\r\nBcc: d@e.f", "a@b.c, d@e.f", "g: a@b.c;", "a b@c.d", "@c.d"})
    void what_is_no_mail_address_is_refused(String address) {
        assertThatThrownBy(() -> complete().to(address).build())
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("to must be a mail address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "smtp://a", "a\r\nb"})
    void what_is_no_host_is_refused(String host) {
        assertThatThrownBy(() -> complete().host(host).build())
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("smtp_server");
    }

    @Test
    void someone_must_receive_it() {
        assertThatThrownBy(() -> complete().to().build()).isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void recipients_are_limited() {
        assertThatThrownBy(() -> complete().to(Collections.nCopies(51, "a@b.c")).build())
                .isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void someone_must_send_it() {
        assertThatThrownBy(
                        () -> EmailNotifier.builder().host("mail").to("a@b.c").build())
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("smtp_from");
    }

    private static EmailBuilder complete() {
        return EmailNotifier.builder()
                .host("mail.example.com")
                .from("me@example.com")
                .to("ops@example.com");
    }
}
