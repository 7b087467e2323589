package io.minerops.api.store;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.Page;
import io.minerops.api.StoreException;
import io.minerops.api.event.Event;
import java.time.Instant;

/** Keeps {@link Event}s. Implementations are thread-safe and throw {@link StoreException} when they cannot store. */
public interface EventStore {
    /** Stores one event and returns it with its id. */
    Event record(Event event);

    /**
     * Lists events, newest first.
     *
     * @throws InvalidArgumentException ({@code cursor}) if the cursor is not one that this store gave
     */
    Page<Event> find(EventQuery query);

    /** Deletes events before the time given; returns how many. */
    int prune(Instant before);
}
