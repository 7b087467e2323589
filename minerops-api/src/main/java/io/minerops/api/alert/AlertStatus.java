package io.minerops.api.alert;

import java.util.Locale;

/** Where an alert stands. It is open while active or acknowledged. */
public enum AlertStatus {
    /** The problem exists and is unacknowledged. */
    ACTIVE,
    /** The trouble is there and a person has taken it. */
    ACKNOWLEDGED,
    /** A person, or the end of its rule, closed it. */
    RESOLVED,
    /** The trouble went away by itself. */
    AUTO_RESOLVED;

    /** Whether the trouble still stands. */
    public boolean isOpen() {
        return this == ACTIVE || this == ACKNOWLEDGED;
    }

    /** The lower-case name, as stored and as shown in JSON. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
