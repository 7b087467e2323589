package io.minerops.api.store;

import io.minerops.api.StoreException;
import java.util.Optional;

/**
 * All stores of one database. Each is usable alone; together they share the database's transactions where their
 * contracts say so. Thread-safe; after {@link #close()} every call throws {@link StoreException}.
 */
public interface Store extends AutoCloseable {
    /** What miners measured; {@link #withMetrics} puts another in its place. */
    MetricStore metrics();

    /** The registry of miners. */
    MinerStore miners();

    /** The rules that raise alerts. */
    RuleStore rules();

    /** Alerts and the state that the alert engine needs. */
    AlertStore alerts();

    /** Silences: periods without messages. */
    SilenceStore silences();

    /** The messages: pending, sent and failed. */
    OutboxStore outbox();

    /** What the fleet and its miners earned. */
    SnapshotStore snapshots();

    /** The events of miners, jobs and components. */
    EventStore events();

    /** What devices reported of themselves, with the times for which it held. */
    FactStore facts();

    /** What devices reported of single hash boards, when it changed; default: nothing is kept. */
    default BoardStore boards() {
        return BoardStore.none();
    }

    /** Which instance runs which job. */
    Lease lease();

    /**
     * This store with the samples in another: polls are appended there, and the latest readings, the history and whole
     * polls are read from there. The registry, and with it who moves and who is forgotten, stays here. Samples that this
     * store has kept before are no longer read; they are pruned with the others.
     *
     * <p>Both stores are owned by the combined one: use no other way to change miners, and close only the combined one.
     * A poll is appended in two steps, the registration of new miners here and the samples there; where the process dies
     * between the two, a new miner is registered and has no sample until it is polled next. What then becomes of a miner
     * that moves is said at {@link StandaloneMetricStore}.
     *
     * @param metrics keeps the samples
     */
    default Store withMetrics(StandaloneMetricStore metrics) {
        return new CombinedStore(this, metrics);
    }

    /**
     * What the store is doing beside its work, with its progress, such as bringing the samples of an earlier version into
     * today's form: one sentence for people. Reads and writes go on meanwhile. Empty, which is the default, where there is
     * nothing. Returns at once.
     */
    default Optional<String> activity() {
        return Optional.empty();
    }

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
