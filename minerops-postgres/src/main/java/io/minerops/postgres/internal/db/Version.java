package io.minerops.postgres.internal.db;

import java.util.Locale;

/** The numbers of table {@code versions}; each row is the lock of what it counts. */
public enum Version {
    /** Changes of alerts and of what the engine remembers. */
    ALERTS,
    /** The time of the last check, ms; negative before the first. */
    CHECKED,
    /** Changes of the registry. */
    MINERS,
    /** Changes of the numbers of addresses and pools. */
    NAMES,
    /** Partitions that were made or dropped. */
    PARTITIONS,
    /** Samples of polls before this time, ms, are deleted, though a block may still hold some of them. */
    PRUNED,
    /** Changes of rules. */
    RULES,
    /** The largest number of a write that is sealed; the lock of sealing and pruning. */
    SEALED,
    /** Writes of samples. */
    WRITTEN;

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
