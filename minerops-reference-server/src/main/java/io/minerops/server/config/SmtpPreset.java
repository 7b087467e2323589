package io.minerops.server.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A mail service that {@code SMTP_SERVER} may name instead of a host. All of them take STARTTLS on port 587. */
enum SmtpPreset {
    GMAIL("smtp.gmail.com"),
    OUTLOOK("smtp.office365.com"),
    YAHOO("smtp.mail.yahoo.com");

    private final String host;

    SmtpPreset(String host) {
        this.host = host;
    }

    String host() {
        return host;
    }

    /** The preset of that name, case ignored; empty where the text is a host. */
    static Optional<SmtpPreset> named(String text) {
        return Arrays.stream(values())
                .filter(preset -> preset.name().equalsIgnoreCase(text))
                .findFirst();
    }

    static List<String> names() {
        return Arrays.stream(values())
                .map(preset -> preset.name().toLowerCase(java.util.Locale.ROOT))
                .toList();
    }
}
