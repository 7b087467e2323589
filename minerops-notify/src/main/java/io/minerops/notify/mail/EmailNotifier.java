package io.minerops.notify.mail;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.Secret;
import io.minerops.api.alert.Destination;
import io.minerops.api.notify.Delivery;
import io.minerops.api.notify.Notification;
import io.minerops.api.notify.Notifier;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Mails messages by SMTP, as text and as HTML, to fixed recipients:
 *
 * <pre>{@code
 * EmailNotifier.preset(SmtpPreset.GMAIL, user, appPassword).to("ops@example.com")
 * }</pre>
 *
 * <p>Mails go out one after the other on a thread of its own. Replies of 4xx, and a server that cannot be reached or
 * does not offer the required encryption, are passing; replies of 5xx and a refused sign-in are final. A mail
 * counts as sent when all recipients were accepted. Recipients refused with 4xx are tried again, those that have the mail
 * already not; where all that are left were refused with 5xx, the mail has failed, and the reason names them. The idempotency key makes
 * the {@code Message-ID}, so that a repeat is the same mail. Certificates must name the server's host. Thread-safe.
 */
public final class EmailNotifier implements Notifier {
    private final SmtpSettings settings;
    private final MailSender sender;

    EmailNotifier(EmailBuilder builder) {
        settings = builder.settings();
        sender = new MailSender(settings, builder.writer(), builder.clock(), builder.limits());
    }

    /** Starts a notifier that turns to TLS by STARTTLS at port 587. */
    public static EmailBuilder builder() {
        return new EmailBuilder();
    }

    /**
     * Begins a notifier for an account with a known service.
     *
     * @param user the account's mail address, which is the sender too
     * @param password the app password
     */
    public static Account preset(SmtpPreset preset, String user, String password) {
        return preset(preset, user, Secret.of(password));
    }

    /**
     * Begins a notifier for an account with a known service.
     *
     * @param user the account's mail address, which is the sender too
     * @param password the app password
     */
    public static Account preset(SmtpPreset preset, String user, Secret password) {
        return new Account(builder().preset(preset).login(user, password));
    }

    /** {@value Destination#EMAIL}. */
    @Override
    public String channel() {
        return Destination.EMAIL;
    }

    @Override
    public CompletionStage<Delivery> deliver(Notification notification) {
        return sender.send(notification);
    }

    @Override
    public void close() {
        sender.close();
    }

    @Override
    public String toString() {
        return "EmailNotifier[" + settings.server() + " " + settings.security().key() + ", "
                + settings.to().size() + " recipients]";
    }

    /** An account that mails are sent from; knows no recipients yet. */
    public static final class Account {
        private final EmailBuilder builder;

        private Account(EmailBuilder builder) {
            this.builder = builder;
        }

        /**
         * The notifier that mails to these, 1 to 50.
         *
         * @throws InvalidArgumentException if one is no mail address
         */
        public EmailNotifier to(String... recipients) {
            return builder.to(List.of(recipients)).build();
        }
    }
}
