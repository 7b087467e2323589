package io.minerops.core.service;

import io.minerops.api.alert.Silence;
import io.minerops.api.store.SilenceStore;
import java.time.InstantSource;
import java.util.List;

/**
 * The silences: when alerts send no messages. Thread-safe.
 *
 * <pre>{@code
 * Instant now = Instant.now();
 * Silence silence = ops.silences().create(Silence.builder(now, now.plus(Duration.ofHours(2)))
 *         .tag("rack-3")
 *         .comment("fans are replaced")
 *         .build());
 * ops.silences().end(silence.id());
 * }</pre>
 *
 * <p>Each change is followed by a check, so that the alerts show at once which of them are silenced. Every method throws
 * {@link io.minerops.api.StoreException} where the store fails.
 */
public final class SilenceService {
    private final SilenceStore silences;
    private final Runnable check;
    private final InstantSource clock;

    /**
     * A service over this store; {@link io.minerops.core.MinerOps#silences()} has one.
     *
     * @param check checks the alerts
     */
    public SilenceService(SilenceStore silences, Runnable check, InstantSource clock) {
        this.silences = silences;
        this.check = check;
        this.clock = clock;
    }

    /** Every silence, those that are over included; newest first. */
    public List<Silence> all() {
        return silences.all();
    }

    /** Stores a new silence, whatever its id, and returns it with its id and time. */
    public Silence create(Silence silence) {
        Silence stored = silences.create(silence, clock.instant());
        check.run();
        return stored;
    }

    /** Deletes a silence, which ends it where it is active; returns whether there was one of that id. */
    public boolean end(long id) {
        boolean ended = silences.delete(id);
        if (ended) {
            check.run();
        }
        return ended;
    }
}
