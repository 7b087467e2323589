package io.minerops.core.internal.buffer;

import io.minerops.api.HealthContributor;
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
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A store whose polls and alert checks wait in the heap while it fails; all else goes to it as it is. Checks of a store that
 * several instances share do not wait: without it no instance can know that another one does not check the same miners.
 * Thread-safe.
 */
public final class BufferedStore implements Store {
    private static final int BYTES_PER_SAMPLE = 512;
    private static final int SHARE_OF_HEAP = 8;
    private static final int MAX_SAMPLES = 1_000_000;

    private final Store store;
    private final BufferedMetrics metrics;
    private final @Nullable BufferedAlerts alerts;
    private final WaitingMessages messages = new WaitingMessages();

    /**
     * Buffers the polls of a store, in an eighth of the heap at most.
     *
     * @param whenStored called after a poll that waited was stored, with its time, before the next one is
     */
    public BufferedStore(Store store, InstantSource clock, Consumer<Instant> whenStored) {
        this(store, maxSamples(Runtime.getRuntime().maxMemory()), clock, whenStored);
    }

    BufferedStore(Store store, int maxSamples, InstantSource clock, Consumer<Instant> whenStored) {
        this.store = store;
        metrics = new BufferedMetrics(store, maxSamples, clock, whenStored);
        alerts = store.lease().table().isPresent() ? null : new BufferedAlerts(store, messages, clock);
    }

    /** How many samples an eighth of a heap holds, at most a million. */
    static int maxSamples(long heapBytes) {
        return (int) Math.min(MAX_SAMPLES, heapBytes / SHARE_OF_HEAP / BYTES_PER_SAMPLE);
    }

    /** What waits, as components of readiness. */
    public List<HealthContributor> health() {
        return alerts == null ? List.of(metrics) : List.of(metrics, alerts);
    }

    /**
     * The messages of checks that wait to be stored, for a dispatcher of their own. When the checks are stored, messages
     * that were sent from here are sent in {@link #outbox()} too.
     */
    public OutboxStore waitingMessages() {
        return messages;
    }

    @Override
    public MetricStore metrics() {
        return metrics;
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
        return alerts == null ? store.alerts() : alerts;
    }

    @Override
    public SilenceStore silences() {
        return store.silences();
    }

    @Override
    public OutboxStore outbox() {
        return alerts == null ? store.outbox() : new SettledOutbox(store.outbox(), alerts);
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
    public FactStore facts() {
        return store.facts();
    }

    @Override
    public BoardStore boards() {
        return store.boards();
    }

    @Override
    public Lease lease() {
        return store.lease();
    }

    @Override
    public Optional<String> activity() {
        return store.activity();
    }

    @Override
    public void ping() {
        store.ping();
    }

    /** Stores what waits, if the store takes it now, and closes the store. */
    @Override
    public void close() {
        try {
            metrics.close();
            if (alerts != null) {
                alerts.close();
            }
        } finally {
            store.close();
        }
    }

    @Override
    public String toString() {
        return store.toString();
    }
}
