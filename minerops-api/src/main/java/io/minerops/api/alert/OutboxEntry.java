package io.minerops.api.alert;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way: one event of one alert to one destination.
 *
 * @param id the store's number
 * @param kind the event
 * @param alert the alert as it is now
 * @param destination where it goes
 * @param createdAt when the event happened
 * @param status where it stands
 * @param attempts how often delivery was begun
 * @param nextAttemptAt when it may be tried (again); meaningless once sent or failed
 * @param groupKey the message it was last tried in, so that a retry is the same message with the same idempotency key;
 *     null before the first attempt
 * @param lastError why the last attempt failed; null where none has
 * @param sentAt when it was delivered; null where it has not been
 */
public record OutboxEntry(
        long id,
        Kind kind,
        Alert alert,
        Destination destination,
        Instant createdAt,
        Status status,
        int attempts,
        Instant nextAttemptAt,
        @Nullable String groupKey,
        @Nullable String lastError,
        @Nullable Instant sentAt) {
    /** The event of an alert that a message reports. */
    public enum Kind {
        /** It began. */
        FIRING,
        /** It is still open, and no user has acknowledged it. */
        REMINDER,
        /** No user has acknowledged it for as long as its rule allows, so its severity was raised. */
        ESCALATED,
        /** It ended. */
        RESOLVED;

        /** The lower-case name, as stored and as shown in JSON. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Where a message stands. */
    public enum Status {
        /** To be delivered, now or later. */
        PENDING,
        /** Delivered. */
        SENT,
        /** Given up. */
        FAILED;

        /** The lower-case name, as stored and as shown in JSON. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
