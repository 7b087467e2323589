package io.minerops.notify.mail;

import java.util.Locale;

/** Mail services whose servers are known. All want an app password instead of the account's own. */
public enum SmtpPreset {
    GMAIL("smtp.gmail.com"),
    OUTLOOK("smtp-mail.outlook.com"),
    YAHOO("smtp.mail.yahoo.com");

    /** The port of mail submission (RFC 6409). */
    public static final int PORT = 587;

    private final String host;

    SmtpPreset(String host) {
        this.host = host;
    }

    /** The server's name; it is reached at {@link #PORT} with {@link SmtpSecurity#STARTTLS}. */
    public String host() {
        return host;
    }

    /** The lower-case name, as in settings. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
