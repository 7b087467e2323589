package io.minerops.server.rest.changes;

import io.minerops.api.StoreException;
import io.minerops.api.internal.DaemonThreads;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notifies open pages of what other instances have stored: looks at the shared store again and again while pages listen. */
public final class OtherInstances implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OtherInstances.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Store store;
    private final LiveChanges changes;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("other-instances"));
    private @Nullable Seen last;

    /** What pages show, by figures that change with it. */
    private record Seen(long alerts, long samples, int miners, int profitability) {
        static Seen of(Store store) {
            FleetSnapshot latest = store.metrics().latest();
            long samples = 0;
            for (int row = 0; row < latest.size(); row++) {
                samples = samples * 31 + latest.epochMillis(row);
            }
            return new Seen(
                    store.alerts().version(),
                    samples,
                    store.miners().all().hashCode(),
                    store.snapshots().history(null, Instant.EPOCH, 1).hashCode());
        }
    }

    /** Begins to look. */
    public OtherInstances(Store store, LiveChanges changes) {
        this.store = store;
        this.changes = changes;
        // it ends with this; no thread waits for it
        var unused = clock.scheduleWithFixedDelay(
                this::look, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            Seen before = last;
            Seen now = changes.isHeard() ? Seen.of(store) : null;
            last = now;
            if (before != null && now != null) {
                changes.stored(
                        before.alerts != now.alerts,
                        before.samples != now.samples,
                        before.miners != now.miners,
                        before.profitability != now.profitability);
            }
        } catch (StoreException e) {
            // readiness reports it
            LOG.debug("the store fails, and pages are not notified of other instances", e);
        } catch (RuntimeException | Error e) {
            LOG.warn("pages were not notified of what other instances have stored", e);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
