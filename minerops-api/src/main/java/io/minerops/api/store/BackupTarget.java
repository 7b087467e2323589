package io.minerops.api.store;

import io.minerops.api.StoreException;
import java.time.Instant;
import java.util.Optional;

/**
 * Where backups of a store are made, again and again. One is made at a time. Methods throw {@link StoreException} where the
 * store cannot be read, or the place of the backups not be read or written.
 */
public interface BackupTarget {
    /** The time of the newest backup; empty where there is none. */
    Optional<Instant> newest();

    /**
     * Makes a backup and deletes those that are too old.
     *
     * @param at the time of the backup
     * @return what was made, for a log
     */
    String backUp(Instant at);
}
