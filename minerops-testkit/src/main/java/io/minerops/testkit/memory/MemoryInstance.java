package io.minerops.testkit.memory;

import io.minerops.api.store.AlertStore;
import io.minerops.api.store.BoardStore;
import io.minerops.api.store.EventStore;
import io.minerops.api.store.FactStore;
import io.minerops.api.store.Lease;
import io.minerops.api.store.MetricStore;
import io.minerops.api.store.MinerStore;
import io.minerops.api.store.OutboxStore;
import io.minerops.api.store.RuleStore;
import io.minerops.api.store.SilenceStore;
import io.minerops.api.store.SnapshotStore;
import io.minerops.api.store.Store;

/** The store of one instance of many; the data outlives it. */
record MemoryInstance(Store whole, Lease lease) implements Store {
    @Override
    public MetricStore metrics() {
        return whole.metrics();
    }

    @Override
    public MinerStore miners() {
        return whole.miners();
    }

    @Override
    public RuleStore rules() {
        return whole.rules();
    }

    @Override
    public AlertStore alerts() {
        return whole.alerts();
    }

    @Override
    public SilenceStore silences() {
        return whole.silences();
    }

    @Override
    public OutboxStore outbox() {
        return whole.outbox();
    }

    @Override
    public SnapshotStore snapshots() {
        return whole.snapshots();
    }

    @Override
    public EventStore events() {
        return whole.events();
    }

    @Override
    public FactStore facts() {
        return whole.facts();
    }

    @Override
    public BoardStore boards() {
        return whole.boards();
    }

    @Override
    public void ping() {
        whole.ping();
    }

    @Override
    public void close() {}
}
