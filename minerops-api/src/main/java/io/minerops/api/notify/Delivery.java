package io.minerops.api.notify;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How one attempt to deliver a message ended. Reasons hold no secrets. */
public sealed interface Delivery {
    /**
     * The service took it.
     *
     * @param id the service's name for it; null where it gives none
     */
    record Sent(@Nullable String id) implements Delivery {}

    /**
     * Not now, but perhaps later.
     *
     * @param delay how long the service wants us to wait; null where it does not say
     * @param reason one sentence
     */
    record RetryAfter(@Nullable Duration delay, String reason) implements Delivery {}

    /**
     * Never: another try would end the same.
     *
     * @param reason one sentence
     */
    record Failed(String reason) implements Delivery {}

    /**
     * The message could not be made: another try would end the same. A group is tried again as single messages; a single
     * message has failed.
     *
     * @param reason one sentence
     */
    record NotComposed(String reason) implements Delivery {
        /** Names the kind of fault and no more: the message of an exception may hold a secret. */
        public static NotComposed because(Exception fault) {
            return new NotComposed(
                    "the message could not be composed: " + fault.getClass().getSimpleName());
        }
    }
}
