package io.minerops.api.notify;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.Alert;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.OutboxEntry;
import java.time.Instant;
import java.util.List;

/** A message to people. The same key twice is the same message twice: a receiver may drop the second. */
public sealed interface Notification {
    /** The idempotency key: stays the same over retries. 1 to 100 ASCII letters, digits, {@code -}, {@code _} and {@code .}. */
    String key();

    /** Where it goes. */
    Destination destination();

    /** When the event happened; in a group, the latest of them. */
    Instant at();

    /**
     * An event of one alert, or the same event of many in one message.
     *
     * @param key the idempotency key
     * @param destination where it goes
     * @param at when it happened; of many, the latest of them
     * @param kind which event
     * @param alerts the alerts as they are now, the most severe first; at least one
     */
    record OfAlerts(String key, Destination destination, Instant at, OutboxEntry.Kind kind, List<Alert> alerts)
            implements Notification {
        /**
         * Copies the list.
         *
         * @throws InvalidArgumentException ({@code alerts}) if it is empty
         */
        public OfAlerts {
            alerts = List.copyOf(alerts);
            if (alerts.isEmpty()) {
                throw new InvalidArgumentException("alerts", "alerts must name at least one alert, not none");
            }
        }
    }

    /**
     * A report about a time that is over, such as the statement of a month.
     *
     * @param key the idempotency key
     * @param destination where it goes
     * @param at when it was made
     * @param title what it is, one line
     * @param text what it is about, one or two sentences
     * @param figures names and values, in order
     */
    record Report(String key, Destination destination, Instant at, String title, String text, List<Figure> figures)
            implements Notification {
        /** A name and its value. */
        public record Figure(String name, String value) {}

        public Report {
            figures = List.copyOf(figures);
        }
    }

    /** A test message of a user who checks whether messages arrive. */
    record Test(String key, Destination destination, Instant at) implements Notification {}
}
