package io.minerops.api.alert;

import java.util.Locale;

/** The severity of an alert, ascending. */
public enum Severity {
    INFO,
    WARNING,
    CRITICAL;

    /** The next higher severity; the highest stays. */
    public Severity moreSevere() {
        return this == INFO ? WARNING : CRITICAL;
    }

    /** The lower-case name, as stored and as shown in JSON. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
