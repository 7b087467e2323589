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
    /** Stores a new silence, whatever its id says, and gives it back with its id and time. */
    Silence create(Silence silence, Instant at);

    /** Every silence, those that are over included; newest first. */
    List<Silence> all();

    /** Deletes a silence, which ends it; says whether there was one. */
    boolean delete(long id);

    /** Deletes the silences that were over before a time; says how many. */
    int prune(Instant before);
}
