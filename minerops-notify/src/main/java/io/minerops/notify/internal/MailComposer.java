package io.minerops.notify.internal;

import io.minerops.api.notify.Notification;
import io.minerops.notify.internal.Message.Fact;
import io.minerops.notify.internal.PlainText.Escape;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;

/** Puts a message into a mail with a text and an HTML part. */
public final class MailComposer {
    /** The most characters of all lines of a group. */
    private static final int MAX_LISTED = 20_000;

    private static final String SUBJECT_PREFIX = "[MinerOps] ";
    private static final int MAX_SUBJECT = 120;

    private MailComposer() {}

    /**
     * The mail.
     *
     * @param sentAt what stands in its date
     */
    public static MimeMessage compose(
            Session session,
            InternetAddress from,
            List<InternetAddress> to,
            Notification notification,
            Message message,
            Instant sentAt)
            throws MessagingException {
        MimeMessage mail = new KeyedMail(session, messageId(notification.key(), from));
        mail.setFrom(from);
        mail.setRecipients(RecipientType.TO, to.toArray(InternetAddress[]::new));
        String charset = StandardCharsets.UTF_8.name();
        mail.setSubject(PlainText.line(SUBJECT_PREFIX + message.title(), MAX_SUBJECT), charset);
        mail.setSentDate(Date.from(sentAt));
        // RFC 3834: so that no vacation responder answers
        mail.setHeader("Auto-Submitted", "auto-generated");
        mail.setHeader("X-Auto-Response-Suppress", "All");
        MimeBodyPart text = new MimeBodyPart();
        text.setText(text(message), charset);
        MimeBodyPart html = new MimeBodyPart();
        html.setText(html(message), charset, "html");
        // the last alternative is the one preferred
        mail.setContent(new MimeMultipart("alternative", text, html));
        mail.saveChanges();
        return mail;
    }

    /** The same for each try of the same message, so that a mail program shows it once. */
    static String messageId(String key, InternetAddress from) {
        String address = from.getAddress();
        String domain = address.substring(address.lastIndexOf('@') + 1);
        return "<" + key.replaceAll("[^A-Za-z0-9._-]", "_") + "@" + domain + ">";
    }

    private static String text(Message message) {
        StringBuilder text = new StringBuilder();
        text.append(message.title()).append("\n\n").append(message.text()).append("\n\n");
        List<String> listed = message.listed(MAX_LISTED, Escape.NONE);
        listed.forEach(line -> text.append("- ").append(line).append('\n'));
        if (!listed.isEmpty()) {
            text.append('\n');
        }
        for (Fact fact : message.facts()) {
            text.append(fact.name()).append(": ").append(fact.value()).append('\n');
        }
        if (message.link() != null) {
            text.append("\nSee more: ").append(message.link()).append('\n');
        }
        return text.toString();
    }

    private static String html(Message message) {
        StringBuilder html =
                new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><body style=\"font-family:sans-serif\">\n");
        html.append(String.format(
                Locale.ROOT,
                "<h2 style=\"color:%s\">%s</h2>\n<p>%s</p>\n",
                colour(message.tone()),
                escaped(message.title()),
                escaped(message.text())));
        List<String> listed = message.listed(MAX_LISTED, Escape.HTML);
        if (!listed.isEmpty()) {
            html.append("<ul>\n");
            listed.forEach(line -> html.append("<li>").append(line).append("</li>\n"));
            html.append("</ul>\n");
        }
        html.append("<table>\n");
        for (Fact fact : message.facts()) {
            html.append("<tr><th align=\"left\">")
                    .append(escaped(fact.name()))
                    .append("</th><td>")
                    .append(escaped(fact.value()))
                    .append("</td></tr>\n");
        }
        html.append("</table>\n");
        if (message.link() != null) {
            html.append("<p><a href=\"")
                    .append(escaped(message.link().toString()))
                    .append("\">Open the dashboard</a></p>\n");
        }
        return html.append("</body></html>\n").toString();
    }

    private static String escaped(String text) {
        return PlainText.escaped(text, MAX_LISTED, Escape.HTML);
    }

    private static String colour(Message.Tone tone) {
        return switch (tone) {
            case CRITICAL -> "#c62828";
            case WARNING -> "#ef6c00";
            case INFO -> "#1565c0";
            case RESOLVED -> "#2e7d32";
            case TEST -> "#616161";
        };
    }

    /** A mail that keeps its id, which the library would otherwise generate again. */
    private static final class KeyedMail extends MimeMessage {
        private final String id;

        KeyedMail(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
