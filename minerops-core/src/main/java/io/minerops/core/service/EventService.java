package io.minerops.core.service;

import io.minerops.api.Page;
import io.minerops.api.event.Event;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.store.EventQuery;
import io.minerops.api.store.EventStore;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The events: what happened to miners, jobs and components. Thread-safe.
 *
 * <pre>{@code
 * ops.events().record(Event.Level.INFO, "maintenance", null, "rack 3 is being cleaned");
 * }</pre>
 *
 * <p>Every method throws {@link io.minerops.api.StoreException} where the store fails.
 */
public final class EventService {
    private final EventStore events;
    private final InstantSource clock;

    /** A service over this store; {@link io.minerops.core.MinerOps#events()} has one. */
    public EventService(EventStore events, InstantSource clock) {
        this.events = events;
        this.clock = clock;
    }

    /**
     * Lists events, newest first.
     *
     * @throws io.minerops.api.InvalidArgumentException ({@code cursor}) if the cursor is not one that a page gave
     */
    public Page<Event> find(EventQuery query) {
        return events.find(query);
    }

    /**
     * Stores an event of now.
     *
     * @param level how severe it is
     * @param source what it is of, such as the name of a part of the program; 1 to 64 characters
     * @param miner the miner that it concerns; null for none
     * @param message what happened, without secrets; not blank, cut at 2,000 characters
     * @return the event with its id
     * @throws io.minerops.api.InvalidArgumentException ({@code source}, {@code message}) if one is blank, or the source
     *     is longer
     */
    public Event record(Event.Level level, String source, @Nullable MinerAddress miner, String message) {
        return events.record(Event.of(clock.instant(), level, source, miner, message));
    }
}
