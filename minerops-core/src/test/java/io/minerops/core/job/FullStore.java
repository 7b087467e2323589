package io.minerops.core.job;

import io.minerops.api.EventStore;
import io.minerops.api.Lease;
import io.minerops.api.Store;
import io.minerops.api.StoreException;
import io.minerops.api.alert.AlertStore;
import io.minerops.api.alert.OutboxStore;
import io.minerops.api.alert.RuleStore;
import io.minerops.api.alert.SilenceStore;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.HistoryQuery;
import io.minerops.api.miner.MetricStore;
import io.minerops.api.miner.MinerStore;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.SampleConsumer;
import io.minerops.api.profit.SnapshotStore;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/** A store that takes no polls while its disk is full. */
record FullStore(Store store, AtomicBoolean full) implements Store {
    @Override
    public MetricStore metrics() {
        MetricStore metrics = store.metrics();
        return new MetricStore() {
            @Override
            public void append(Poll poll) {
                if (full.get()) {
                    throw new StoreException("the disk is full");
                }
                metrics.append(poll);
            }

            @Override
            public FleetSnapshot latest() {
                return metrics.latest();
            }

            @Override
            public void history(HistoryQuery query, SampleConsumer consumer) {
                metrics.history(query, consumer);
            }

            @Override
            public int prune(Instant before) {
                return metrics.prune(before);
            }
        };
    }

    @Override
    public MinerStore miners() {
        return store.miners();
    }

    @Override
    public RuleStore rules() {
        return store.rules();
    }

    @Override
    public AlertStore alerts() {
        return store.alerts();
    }

    @Override
    public SilenceStore silences() {
        return store.silences();
    }

    @Override
    public OutboxStore outbox() {
        return store.outbox();
    }

    @Override
    public SnapshotStore snapshots() {
        return store.snapshots();
    }

    @Override
    public EventStore events() {
        return store.events();
    }

    @Override
    public Lease lease() {
        return store.lease();
    }

    @Override
    public void ping() {
        store.ping();
    }

    @Override
    public void close() {
        store.close();
    }
}
