package io.minerops.core.job;

import io.minerops.api.StoreException;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Poll;
import io.minerops.api.store.AlertStore;
import io.minerops.api.store.BoardStore;
import io.minerops.api.store.EventStore;
import io.minerops.api.store.FactStore;
import io.minerops.api.store.HistoryQuery;
import io.minerops.api.store.Lease;
import io.minerops.api.store.MetricStore;
import io.minerops.api.store.MinerStore;
import io.minerops.api.store.OutboxStore;
import io.minerops.api.store.RuleStore;
import io.minerops.api.store.SilenceStore;
import io.minerops.api.store.SnapshotStore;
import io.minerops.api.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/**
 * A store of which some parts behave like those of a store in trouble.
 *
 * @param store the other parts
 */
public record FaultyStore(Store store, MetricStore metrics, Lease lease) implements Store {
    /** A store that takes no polls while its disk is full. */
    public static FaultyStore full(Store store, AtomicBoolean full) {
        return new FaultyStore(store, refusing(store.metrics(), full), store.lease());
    }

    /** A store whose leases another instance holds. */
    public static FaultyStore leasesHeldElsewhere(Store store) {
        return new FaultyStore(store, store.metrics(), new HeldLease());
    }

    private static MetricStore refusing(MetricStore metrics, AtomicBoolean full) {
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
            public void history(HistoryQuery query, BiConsumer<Instant, MetricSample> consumer) {
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
    public BoardStore boards() {
        return store.boards();
    }

    @Override
    public FactStore facts() {
        return store.facts();
    }

    @Override
    public void ping() {
        store.ping();
    }

    @Override
    public void close() {
        store.close();
    }

    private record HeldLease() implements Lease {
        @Override
        public OptionalLong acquire(String job, Duration ttl) {
            return OptionalLong.empty();
        }

        @Override
        public void release(String job) {}
    }
}
