package io.minerops.api.alert;

import java.time.Instant;
import java.util.List;

/** A message to people. The same key twice is the same message twice: a receiver may drop the second. */
public sealed interface Notification {
    /** The idempotency key: stays the same over retries. 1 to 100 ASCII letters, digits, {@code -}, {@code _} and {@code .}. */
    String key();

    /** Where it goes. */
    Destination destination();

    /** When the event happened; in a group, the last of them. */
    Instant at();

    /** An alert begins. */
    record Firing(String key, Destination destination, Instant at, Alert alert) implements Notification {}

    /** An alert is still open and unacknowledged. */
    record Reminder(String key, Destination destination, Instant at, Alert alert) implements Notification {}

    /** An alert was unacknowledged for as long as its rule allows; it has the escalated severity. */
    record Escalated(String key, Destination destination, Instant at, Alert alert) implements Notification {}

    /** An alert has ended. */
    record Resolved(String key, Destination destination, Instant at, Alert alert) implements Notification {}

    /**
     * Many alerts in one message.
     *
     * @param kind what they have in common
     * @param alerts the alerts, highest severity first, at least two
     */
    record Grouped(String key, Destination destination, Instant at, OutboxEntry.Kind kind, List<Alert> alerts)
            implements Notification {
        public Grouped {
            alerts = List.copyOf(alerts);
        }
    }

    /** A person wants to see whether messages arrive. */
    record Test(String key, Destination destination, Instant at) implements Notification {}
}
