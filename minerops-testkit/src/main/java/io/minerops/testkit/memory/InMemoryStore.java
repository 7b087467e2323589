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
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A whole store in memory. Thread-safe by one lock over everything. {@link #shared} makes one that several instances in one
 * process use.
 */
public final class InMemoryStore implements Store {
    private final Guard guard;
    private final Lease lease;
    private final MemoryMiners miners;
    private final MemoryMetrics metrics;
    private final MemoryRules rules;
    private final MemoryOutbox outbox;
    private final MemoryAlerts alerts;
    private final MemorySnapshots snapshots;
    private final MemoryEvents events;
    private final MemoryFacts facts;
    private final MemoryBoards boards;

    /** An empty store for one instance. */
    public InMemoryStore() {
        this(new Guard(), null);
    }

    /**
     * An empty store for many instances.
     *
     * @param clock the clock of the store, by which leases run out
     * @return the store of the instance of each name; to close it closes it for that instance alone
     */
    public static Function<String, Store> shared(InstantSource clock) {
        MemoryLeases leases = new MemoryLeases(clock);
        InMemoryStore whole = new InMemoryStore(new Guard(), leases);
        return instance -> new MemoryInstance(whole, leases.of(instance));
    }

    private InMemoryStore(Guard guard, @Nullable MemoryLeases leases) {
        this.guard = guard;
        lease = new SoleLease(guard);
        if (leases != null) {
            guard.leases = leases;
        }
        miners = new MemoryMiners(guard);
        metrics = new MemoryMetrics(guard, miners);
        rules = new MemoryRules(guard);
        outbox = new MemoryOutbox(guard);
        alerts = new MemoryAlerts(guard, outbox);
        snapshots = new MemorySnapshots(guard);
        events = new MemoryEvents(guard);
        facts = new MemoryFacts(guard);
        boards = new MemoryBoards(guard);
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
        return lease;
    }

    @Override
    public void ping() {
        guard.read(() -> true);
    }

    @Override
    public void close() {
        guard.close();
    }

    private record SoleLease(Guard guard) implements Lease {
        @Override
        public OptionalLong acquire(String job, Duration ttl) {
            return guard.read(() -> Lease.always().acquire(job, ttl));
        }

        @Override
        public void release(String job) {
            guard.read(() -> true);
        }
    }

    /** The one lock, which refuses every call once the store is closed. */
    static final class Guard {
        private boolean closed;

        @Nullable
        MemoryLeases leases;

        synchronized <T> T read(Supplier<T> step) {
            if (closed) {
                throw new StoreException("the store in memory is closed");
            }
            if (leases != null) {
                leases.check();
            }
            return step.get();
        }

        synchronized void close() {
            closed = true;
        }
    }
}
