package io.minerops.api.store;

import io.minerops.api.StoreException;

/**
 * All stores of one database. Each is usable alone; together they share the database's transactions where their
 * contracts say so. Thread-safe; after {@link #close()} every call throws {@link StoreException}.
 */
public interface Store extends AutoCloseable {
    /** What miners measured. */
    MetricStore metrics();

    /** Which miners there are. */
    MinerStore miners();

    /** Which conditions raise alerts. */
    RuleStore rules();

    /** Alerts and the state that the alert engine needs. */
    AlertStore alerts();

    /** Silences: periods without messages. */
    SilenceStore silences();

    /** Notifications on their way. */
    OutboxStore outbox();

    /** What the fleet earned. */
    SnapshotStore snapshots();

    /** What happened. */
    EventStore events();

    /** Who runs which job. */
    Lease lease();

    /**
     * Checks that the database can be written to, by a write that changes nothing that can be read; a store that was
     * opened for reading alone is read. It waits for a bounded time for steps under way.
     *
     * @throws StoreException if the database cannot be written to, such as while its disk is full
     */
    void ping();

    /** Releases files and connections; safe to call twice. */
    @Override
    void close();
}
