package io.minerops.demo;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.server.SMTPServer;

/** A mail server on a free port of loopback that puts every mail into the inbox. */
final class MailCatcher implements AutoCloseable {
    private static final int LARGEST_MAIL_BYTES = 1024 * 1024;
    private static final Logger log = LoggerFactory.getLogger(MailCatcher.class);

    private final SMTPServer server;

    private MailCatcher(SMTPServer server) {
        this.server = server;
    }

    static MailCatcher start(Inbox inbox) {
        SMTPServer server = SMTPServer.port(0)
                .bindAddress(InetAddress.getLoopbackAddress())
                .maxMessageSize(LARGEST_MAIL_BYTES)
                .messageHandler((context, from, to, data) -> take(inbox, data))
                .build();
        server.start();
        return new MailCatcher(server);
    }

    int port() {
        return server.getPortAllocated();
    }

    private static void take(Inbox inbox, byte[] data) {
        try {
            MimeMessage mail = new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(data));
            inbox.add("mail", String.valueOf(mail.getSubject()), plainText(mail));
        } catch (MessagingException | IOException e) {
            log.warn("a mail could not be read", e);
        }
    }

    private static String plainText(MimeMessage mail) throws MessagingException, IOException {
        Object content = mail.getContent();
        while (content instanceof Multipart parts && parts.getCount() > 0) {
            BodyPart first = parts.getBodyPart(0);
            content = first.getContent();
        }
        if (content instanceof InputStream stream) {
            try (stream) {
                return "(" + stream.readAllBytes().length + " bytes)";
            }
        }
        return String.valueOf(content);
    }

    @Override
    public void close() {
        server.stop();
    }
}
