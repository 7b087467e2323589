package io.minerops.api.notify;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How one attempt to deliver a message ended. Reasons hold no secrets. */
public sealed interface Delivery {
    /**
     * The service accepted it.
     *
     * @param id the service's id of the message; null where it gives none
     */
    record Sent(@Nullable String id) implements Delivery {}

    /**
     * Not accepted now; it is sent again, for up to 24 h after the event.
     *
     * @param delay how long the service wants the sender to wait; null where it does not say
     * @param reason why, one sentence
     */
    record RetryAfter(@Nullable Duration delay, String reason) implements Delivery {}

    /**
     * Refused for good: another attempt would end the same. The message counts as failed.
     *
     * @param reason why, one sentence
     */
    record Failed(String reason) implements Delivery {}

    /**
     * The message could not be composed: another attempt would end the same. A group is sent again as single messages;
     * a single message counts as failed.
     *
     * @param reason why, one sentence
     */
    record NotComposed(String reason) implements Delivery {
        /** Names the type of the exception alone, because its message may hold a secret. */
        public static NotComposed because(Exception fault) {
            return new NotComposed(
                    "the message could not be composed: " + fault.getClass().getSimpleName());
        }
    }
}
