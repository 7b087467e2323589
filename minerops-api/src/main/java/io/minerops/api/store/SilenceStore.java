package io.minerops.api.store;

import io.minerops.api.alert.AlertState;
import io.minerops.api.alert.Silence;
import java.time.Instant;
import java.util.List;

/**
 * Keeps silences. Every change moves {@link AlertState#version()}, so that a running check is repeated with it.
 * Implementations are thread-safe and throw {@link io.minerops.api.StoreException} when the store fails.
 */
public interface SilenceStore {
    /** Stores a new silence, whatever its id, and returns it with its id and with {@code at} as its time. */
    Silence create(Silence silence, Instant at);

    /** Every silence, those that are over included; newest first. */
    List<Silence> all();

    /** Deletes a silence, which ends it; returns whether there was one. */
    boolean delete(long id);

    /** Deletes the silences that ended before the time given; returns how many. */
    int prune(Instant before);
}
