package io.minerops.notify.mail;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.Secret;
import io.minerops.api.internal.Check;
import io.minerops.notify.internal.DashboardLink;
import io.minerops.notify.internal.MessageWriter;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Collects the settings of an {@link EmailNotifier}; not thread-safe. Host and recipients must be set. */
public final class EmailBuilder {
    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(5);
    private static final int MAX_CREDENTIAL = 1_000;

    private @Nullable String host;
    private int port = SmtpPreset.PORT;
    private SmtpSecurity security = SmtpSecurity.STARTTLS;
    private @Nullable String user;
    private @Nullable Secret password;
    private @Nullable String from;
    private List<String> to = List.of();
    private Duration connectTimeout = Duration.ofSeconds(5);
    private Duration timeout = Duration.ofSeconds(10);
    private Duration attemptTimeout = Duration.ofSeconds(25);
    private int maxQueued = 200;
    private int maxMiners = MessageWriter.DEFAULT_MINERS;
    private @Nullable URI dashboard;
    private @Nullable SSLContext tls;
    private InstantSource clock = InstantSource.system();

    EmailBuilder() {}

    /** Takes host, port and security of a known service. */
    public EmailBuilder preset(SmtpPreset preset) {
        return host(preset.host()).port(SmtpPreset.PORT).security(SmtpSecurity.STARTTLS);
    }

    /** The server's name or address. */
    public EmailBuilder host(String value) {
        host = value.trim();
        return this;
    }

    /** The server's port, 1 to 65,535; 587 unless set. */
    public EmailBuilder port(int value) {
        port = Check.between("smtp_port", value, 1, 65_535);
        return this;
    }

    /** How the connection is protected; {@link SmtpSecurity#STARTTLS} unless set. */
    public EmailBuilder security(SmtpSecurity value) {
        security = value;
        return this;
    }

    /** Credentials of the mail server; default: none. */
    public EmailBuilder login(String userName, String userPassword) {
        return login(userName, Secret.of(userPassword));
    }

    /** Credentials of the mail server; default: none. */
    public EmailBuilder login(String userName, Secret userPassword) {
        user = Check.text("smtp_user", userName, MAX_CREDENTIAL);
        Check.text("smtp_password", userPassword.reveal(), MAX_CREDENTIAL);
        password = userPassword;
        return this;
    }

    /** The sender's mail address; the user's name unless set. */
    public EmailBuilder from(String value) {
        from = value.trim();
        return this;
    }

    /** The recipients' mail addresses, 1 to 50. */
    public EmailBuilder to(String... values) {
        return to(List.of(values));
    }

    /** The recipients' mail addresses, 1 to 50. */
    public EmailBuilder to(List<String> values) {
        to = List.copyOf(values);
        return this;
    }

    /** How long a connection may take, at most 5 min; 5 s unless set. */
    public EmailBuilder connectTimeout(Duration value) {
        connectTimeout = limited("connect_timeout", value);
        return this;
    }

    /** How long each answer of the server and each write may take, at most 5 min; 10 s unless set. */
    public EmailBuilder timeout(Duration value) {
        timeout = limited("timeout", value);
        return this;
    }

    /** How long a message may wait and be sent in all, at most 5 min; 25 s unless set. */
    public EmailBuilder attemptTimeout(Duration value) {
        attemptTimeout = limited("attempt_timeout", value);
        return this;
    }

    /** The most messages that wait for their turn, 1 to 10,000; 200 unless set. More get {@code Delivery.RetryAfter}. */
    public EmailBuilder maxQueued(int value) {
        maxQueued = Check.between("most_queued", value, 1, 10_000);
        return this;
    }

    /** The most alerts of a group that are named one by one, 1 to 100; 20 unless set. */
    public EmailBuilder maxMiners(int value) {
        maxMiners = Check.between("most_miners", value, 1, 100);
        return this;
    }

    /** The page that messages link to, http or https; null, as unless set, for no link. */
    public EmailBuilder dashboard(@Nullable URI value) {
        dashboard = DashboardLink.checked(value);
        return this;
    }

    /** Which certificates are trusted, for a server with a private authority; the platform's unless set. */
    public EmailBuilder tls(SSLContext value) {
        tls = value;
        return this;
    }

    /** Where dates come from; the system's clock unless set. */
    public EmailBuilder clock(InstantSource value) {
        clock = value;
        return this;
    }

    /**
     * The notifier. It does not connect before the first message.
     *
     * @throws InvalidArgumentException if host, sender or recipients are missing or none, or if a user would sign in
     *     without protection
     */
    public EmailNotifier build() {
        return new EmailNotifier(this);
    }

    SmtpSettings settings() {
        if (host == null) {
            throw new InvalidArgumentException("smtp_server", "smtp_server must be set");
        }
        String sender = from == null ? user : from;
        if (sender == null) {
            throw new InvalidArgumentException("smtp_from", "smtp_from must be set where no user signs in");
        }
        return new SmtpSettings(
                host,
                port,
                security,
                user,
                password,
                SmtpSettings.address("smtp_from", sender),
                to.stream().map(text -> SmtpSettings.address("to", text.trim())).toList(),
                connectTimeout,
                timeout,
                tls == null ? null : tls.getSocketFactory());
    }

    MessageWriter writer() {
        return new MessageWriter(dashboard, maxMiners);
    }

    InstantSource clock() {
        return clock;
    }

    MailSender.Limits limits() {
        return new MailSender.Limits(attemptTimeout, maxQueued);
    }

    @Override
    public String toString() {
        return "EmailBuilder[" + host + ":" + port + " " + security.key() + "]";
    }

    private static Duration limited(String argument, Duration value) {
        Check.positive(argument, value);
        if (value.compareTo(MAX_TIMEOUT) > 0) {
            throw new InvalidArgumentException(argument, argument + " must be at most 5 min, not " + value);
        }
        return value;
    }
}
