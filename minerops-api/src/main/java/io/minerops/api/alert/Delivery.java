package io.minerops.api.alert;

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
}
