package io.minerops.core.job;

import io.minerops.api.StoreException;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.Poll;
import io.minerops.api.store.AlertStore;
import io.minerops.api.store.EventStore;
import io.minerops.api.store.HistoryQuery;
import io.minerops.api.store.Lease;
import io.minerops.api.store.MetricStore;
import io.minerops.api.store.MinerStore;
import io.minerops.api.store.OutboxStore;
import io.minerops.api.store.RuleStore;
import io.minerops.api.store.SampleConsumer;
import io.minerops.api.store.SilenceStore;
import io.minerops.api.store.SnapshotStore;
import io.minerops.api.store.Store;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/** A store that takes no polls while its disk is full. */
public record FullStore(Store store, AtomicBoolean full) implements Store {
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
