package io.minerops.core.device.internal.net;

import java.nio.channels.Selector;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What other threads have the loop do, and every reading that it was given and has not ended. It outlives a loop that
 * fails: the readings are here then, whatever has become of the loop's own records. Thread-safe.
 */
final class LoopTasks {
    private final Queue<Consumer<ExchangeLoop>> posted = new ConcurrentLinkedQueue<>();
    private final Set<PendingReading> open = ConcurrentHashMap.newKeySet();
    private final Object gate = new Object();
    private @Nullable Selector selector;
    private boolean ended;

    /** Gives the loop a reading; false where it takes no more. */
    boolean submit(PendingReading reading) {
        synchronized (gate) {
            if (ended) {
                return false;
            }
            open.add(reading);
            post(loop -> loop.add(reading));
            return true;
        }
    }

    /** Has the loop do something on its thread; nothing where it has ended. */
    void post(Consumer<ExchangeLoop> task) {
        synchronized (gate) {
            if (!ended) {
                posted.add(task);
                wakeUp();
            }
        }
    }

    /** Makes the loop look again. */
    void wakeUp() {
        synchronized (gate) {
            if (selector != null) {
                selector.wakeup();
            }
        }
    }

    /** Does what was posted. */
    void run(ExchangeLoop loop) {
        for (Consumer<ExchangeLoop> task = posted.poll(); task != null; task = posted.poll()) {
            task.accept(loop);
        }
    }

    /** A reading has ended. */
    void ended(PendingReading reading) {
        open.remove(reading);
    }

    /** A loop begins to turn over this selector, and looks at once at what was posted before. */
    void begin(Selector wakes) {
        synchronized (gate) {
            selector = wakes;
            wakes.wakeup();
        }
    }

    /**
     * The loop failed: what it had to do is forgotten.
     *
     * @return its readings, which are the caller's to end, one after the other by {@link #ended}
     */
    Iterable<PendingReading> abandon() {
        synchronized (gate) {
            selector = null;
            posted.clear();
            return open;
        }
    }

    /** As {@link #abandon}, and nothing more is taken. */
    Iterable<PendingReading> end() {
        synchronized (gate) {
            ended = true;
            return abandon();
        }
    }
}
