package io.minerops.api.alert;

import io.minerops.api.Page;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps alerts and the engine's state. At most one alert per rule and miner is open, whatever calls run at the same
 * time. Implementations are thread-safe and throw {@link io.minerops.api.StoreException} when the store fails.
 */
public interface AlertStore {
    /** The engine's state at one consistent point. */
    AlertState load();

    /**
     * Stores what a check decided: alerts, state and outbox rows in one transaction. A raised alert puts one
     * {@link OutboxEntry.Kind#FIRING} row into the outbox for each of its destinations; a reminder and an end put one
     * row for each destination that the alert's beginning was addressed to. An escalation changes the alert's severity,
     * puts one {@link OutboxEntry.Kind#ESCALATED} row for each of its own destinations, and addresses what comes after
     * it to these too.
     *
     * @return {@link AppliedTransitions.Stale}, with nothing stored, if the state has changed since the batch's base
     */
    AppliedTransitions apply(TransitionBatch batch);

    /** The alert of that number; empty where there is none. */
    Optional<Alert> find(long id);

    /**
     * Lists alerts, newest first.
     *
     * @throws io.minerops.api.InvalidArgumentException if the cursor is not one that this store gave
     */
    Page<Alert> find(AlertQuery query);

    /** Counts alerts; takes the longer the more are stored. */
    AlertCounts count(Instant now);

    /**
     * Counts open alerts (active or acknowledged) of each severity; takes no longer with more that are closed.
     *
     * @return a count for every severity; 0 where none is open
     */
    Map<Severity, Long> countOpen();

    /**
     * A person takes an active alert.
     *
     * @param user who it is, at most 120 characters; null where not said
     * @return a conflict unless the alert is active
     */
    StatusChange acknowledge(long id, @Nullable String user, Instant at);

    /**
     * A person closes an open alert; whoever was told of its beginning is told of its end.
     *
     * @param user who it is, at most 120 characters; null where not said
     * @param note why, at most 2,000 characters; null where not said
     * @return a conflict unless the alert is open
     */
    StatusChange resolve(long id, @Nullable String user, @Nullable String note, Instant at);
}
