package io.minerops.notify.mail;

import java.util.Locale;

/** How a connection to a mail server is protected. */
public enum SmtpSecurity {
    /** Begins in the clear and must turn to TLS before anything is said; usually port 587. */
    STARTTLS,
    /** TLS from the first byte; usually port 465. */
    TLS,
    /** None: for a relay on the same machine or network. Signing in is refused. */
    NONE;

    /** The lower-case name, as in settings. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
