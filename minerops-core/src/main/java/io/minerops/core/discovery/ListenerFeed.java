package io.minerops.core.discovery;

import io.minerops.api.internal.DaemonThreads;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands events to a listener on a thread of its own. Of the progress only the newest waits, and each miner is reported once,
 * so what waits for a listener that is slow is never more than what was found.
 */
final class ListenerFeed {
    private static final Logger log = LoggerFactory.getLogger(ListenerFeed.class);

    private final DiscoveryListener listener;
    private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
    private final AtomicReference<@Nullable DiscoveryProgress> newest = new AtomicReference<>();
    private volatile boolean over;

    ListenerFeed(DiscoveryListener listener) {
        this.listener = listener;
    }

    /** Begins to hand on; without a listener there is no thread either. */
    void start() {
        if (listener != DiscoveryListener.NONE) {
            Thread thread = DaemonThreads.of("discovery-events", this::run);
            thread.start();
        }
    }

    void progress(DiscoveryProgress progress) {
        if (newest.getAndSet(progress) == null) {
            announce(() -> {
                DiscoveryProgress last = newest.getAndSet(null);
                if (last != null) {
                    listener.progress(last);
                }
            });
        }
    }

    void found(DiscoveredMiner miner) {
        announce(() -> listener.found(miner));
    }

    void finished(DiscoveryReport report) {
        announce(() -> {
            over = true;
            listener.finished(report);
        });
    }

    /** Ends the thread once all that was handed in before is handed on. */
    void close() {
        announce(() -> over = true);
    }

    private void announce(Runnable event) {
        if (listener != DiscoveryListener.NONE) {
            events.add(event);
        }
    }

    private void run() {
        try {
            while (!over) {
                handOn(events.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void handOn(Runnable event) {
        try {
            event.run();
        } catch (RuntimeException | Error e) {
            log.warn("a listener of a discovery failed", e);
        }
    }
}
