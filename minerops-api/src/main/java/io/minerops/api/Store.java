package io.minerops.api;

import io.minerops.api.alert.AlertStore;
import io.minerops.api.alert.OutboxStore;
import io.minerops.api.alert.RuleStore;
import io.minerops.api.alert.SilenceStore;
import io.minerops.api.miner.MetricStore;
import io.minerops.api.miner.MinerStore;
import io.minerops.api.profit.SnapshotStore;

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

    /** When nobody is to be told of alerts. */
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
     * Asks the database for an answer.
     *
     * @throws StoreException if it gives none
     */
    void ping();

    /** Releases files and connections; safe to call twice. */
    @Override
    void close();
}
