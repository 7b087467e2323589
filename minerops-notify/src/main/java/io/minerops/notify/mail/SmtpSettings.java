package io.minerops.notify.mail;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.Secret;
import io.minerops.api.internal.Check;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * How mail is sent.
 *
 * @param host the server
 * @param port its port, 1 to 65,535
 * @param security how the connection is protected
 * @param user user name; null without sign-in
 * @param password the user's password; null without sign-in
 * @param from the sender
 * @param to the recipients, 1 to {@link #MAX_RECIPIENTS}
 * @param connectTimeout for the connection
 * @param timeout for each answer of the server, and for each write
 * @param sockets makes TLS sockets; null for the platform's
 */
public record SmtpSettings(
        String host,
        int port,
        SmtpSecurity security,
        @Nullable String user,
        @Nullable Secret password,
        InternetAddress from,
        List<InternetAddress> to,
        Duration connectTimeout,
        Duration timeout,
        @Nullable SSLSocketFactory sockets) {
    static final int MAX_RECIPIENTS = 50;

    private static final int MAX_ADDRESS = 254;
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:_-]{1,253}");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    public SmtpSettings {
        to = List.copyOf(to);
        if (!HOST.matcher(host).matches()) {
            throw new InvalidArgumentException(
                    "smtp_server", "smtp_server must be a host's name or address, not " + Check.quote(host));
        }
        Check.between("smtp_port", port, 1, 65_535);
        Check.between("to", to.size(), 1, MAX_RECIPIENTS);
        if ((user == null) != (password == null)) {
            throw new InvalidArgumentException(
                    "smtp_user", "smtp_user and smtp_password must be given both or neither");
        }
        if (user != null && security == SmtpSecurity.NONE) {
            throw new InvalidArgumentException(
                    "smtp_security",
                    "smtp_security must be starttls or tls where a user signs in, not none: the password would be"
                            + " readable on the way");
        }
    }

    /**
     * A mail address.
     *
     * @throws InvalidArgumentException if it is none
     */
    static InternetAddress address(String argument, String text) {
        Check.limited(argument, text, MAX_ADDRESS);
        try {
            if (!CONTROL.matcher(text).find()) {
                InternetAddress address = new InternetAddress(text, true);
                if (address.getAddress().contains("@") && !address.isGroup()) {
                    return address;
                }
            }
        } catch (AddressException e) {
            throw noAddress(argument, text, e);
        }
        throw noAddress(argument, text, null);
    }

    private static InvalidArgumentException noAddress(String argument, String text, @Nullable AddressException cause) {
        InvalidArgumentException refused = new InvalidArgumentException(
                argument, argument + " must be a mail address such as ops@example.com, not " + Check.quote(text));
        if (cause != null) {
            refused.addSuppressed(cause);
        }
        return refused;
    }

    /** The settings as the mail library knows them. */
    Properties properties() {
        Properties properties = new Properties();
        String millis = Long.toString(timeout.toMillis());
        properties.put("mail.transport.protocol", "smtp");
        properties.put("mail.smtp.host", host);
        properties.put("mail.smtp.port", Integer.toString(port));
        properties.put("mail.smtp.auth", Boolean.toString(user != null));
        properties.put("mail.smtp.connectiontimeout", Long.toString(connectTimeout.toMillis()));
        properties.put("mail.smtp.timeout", millis);
        properties.put("mail.smtp.writetimeout", millis);
        properties.put("mail.smtp.ssl.enable", Boolean.toString(security == SmtpSecurity.TLS));
        properties.put("mail.smtp.starttls.enable", Boolean.toString(security == SmtpSecurity.STARTTLS));
        properties.put("mail.smtp.starttls.required", Boolean.toString(security == SmtpSecurity.STARTTLS));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.ssl.protocols", "TLSv1.2 TLSv1.3");
        // else a certificate that the given sockets refuse is tried against the platform's authorities as well
        properties.put("mail.smtp.socketFactory.fallback", "false");
        // one mistyped recipient must not keep the others in the dark
        properties.put("mail.smtp.sendpartial", "true");
        properties.put("mail.smtp.quitwait", "false");
        if (sockets != null) {
            properties.put("mail.smtp.ssl.socketFactory", sockets);
        }
        return properties;
    }

    /** The server, as messages name it. */
    String server() {
        return host + ":" + port;
    }
}
