package io.minerops.api.alert;

import java.util.Locale;

/** How grave an alert is, from the least to the most. */
public enum Severity {
    INFO,
    WARNING,
    CRITICAL;

    /** The next graver; the gravest itself where there is none. */
    public Severity graver() {
        return this == INFO ? WARNING : CRITICAL;
    }

    /** The lower-case name, as stored and as shown in JSON. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
