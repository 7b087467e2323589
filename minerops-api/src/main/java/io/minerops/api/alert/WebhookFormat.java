package io.minerops.api.alert;

import java.util.Locale;

/** The shape of a webhook's body. */
public enum WebhookFormat {
    /** Plain JSON with the alert's fields. */
    GENERIC,
    SLACK,
    DISCORD,
    /** Microsoft Teams by way of a Workflow. */
    TEAMS;

    /** The lower-case name, as stored and as shown in JSON. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
