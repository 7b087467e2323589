package io.minerops.testkit.memory;

import io.minerops.api.StoreException;
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
import java.time.Duration;
import java.util.OptionalLong;

/** A whole store in memory. Thread-safe by one lock over everything. */
public final class InMemoryStore implements Store {
    private final Guard guard = new Guard();
    private final MemoryMiners miners = new MemoryMiners(guard);
    private final MemoryMetrics metrics = new MemoryMetrics(guard, miners);
    private final MemoryRules rules = new MemoryRules(guard);
    private final MemoryOutbox outbox = new MemoryOutbox(guard);
    private final MemoryAlerts alerts = new MemoryAlerts(guard, outbox);
    private final MemorySnapshots snapshots = new MemorySnapshots(guard);
    private final MemoryEvents events = new MemoryEvents(guard);
    private final MemoryFacts facts = new MemoryFacts(guard);
    private final MemoryBoards boards = new MemoryBoards(guard);

    /** An empty store. */
    public InMemoryStore() {
        miners.onRemoval(metrics::forget);
        miners.onExchange(exchange -> {
            metrics.exchange(exchange);
            rules.exchange(exchange);
            alerts.exchange(exchange);
            snapshots.exchange(exchange);
            facts.exchange(exchange);
            boards.exchange(exchange);
        });
        outbox.alertsAre(alerts);
    }

    @Override
    public MetricStore metrics() {
        return metrics;
    }

    @Override
    public MinerStore miners() {
        return miners;
    }

    @Override
    public RuleStore rules() {
        return rules;
    }

    @Override
    public AlertStore alerts() {
        return alerts;
    }

    @Override
    public SilenceStore silences() {
        return alerts.silences();
    }

    @Override
    public OutboxStore outbox() {
        return outbox;
    }

    @Override
    public SnapshotStore snapshots() {
        return snapshots;
    }

    @Override
    public EventStore events() {
        return events;
    }

    @Override
    public FactStore facts() {
        return facts;
    }

    @Override
    public BoardStore boards() {
        return boards;
    }

    /** Always granted while the store is open. */
    @Override
    public Lease lease() {
        return new Lease() {
            @Override
            public OptionalLong acquire(String job, Duration ttl) {
                return guard.read(() -> Lease.always().acquire(job, ttl));
            }

            @Override
            public void release(String job) {
                guard.read(() -> true);
            }
        };
    }

    @Override
    public void ping() {
        guard.read(() -> true);
    }

    @Override
    public void close() {
        guard.close();
    }

    /** The one lock, which refuses every call once the store is closed. */
    static final class Guard {
        private boolean closed;

        synchronized <T> T read(java.util.function.Supplier<T> step) {
            if (closed) {
                throw new StoreException("the store in memory is closed");
            }
            return step.get();
        }

        synchronized void close() {
            closed = true;
        }
    }
}
