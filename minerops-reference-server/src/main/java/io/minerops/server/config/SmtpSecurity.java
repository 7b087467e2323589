package io.minerops.server.config;

/** How a mail server's connection is protected. */
public enum SmtpSecurity {
    /** Plain at first, then encrypted; refused where the server does not offer it. */
    STARTTLS,
    /** Encrypted from the first byte. */
    TLS,
    /** Not at all. */
    NONE
}
