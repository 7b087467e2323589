package io.minerops.core.device.internal.net;

import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Readings in the order in which their steps must end. */
final class Deadlines {
    private final TreeSet<PendingReading> inOrder = new TreeSet<>();

    void add(PendingReading reading) {
        inOrder.add(reading);
    }

    void remove(PendingReading reading) {
        inOrder.remove(reading);
    }

    /** Changes the time by which a reading is sorted. */
    void change(PendingReading reading, Runnable change) {
        inOrder.remove(reading);
        change.run();
        inOrder.add(reading);
    }

    /** The time until the first of them; {@link Long#MAX_VALUE} where there is none. */
    long waitNanos(long nowNanos) {
        return inOrder.isEmpty() ? Long.MAX_VALUE : inOrder.first().remainingNanos(nowNanos);
    }

    /** Removes the next reading whose time is over; null where none is. */
    @Nullable
    PendingReading pollOver(long nowNanos) {
        while (waitNanos(nowNanos) <= 0) {
            PendingReading reading = inOrder.pollFirst();
            if (reading == null || !reading.hasTimeLeft(nowNanos)) {
                return reading;
            }
            reading.sortByStep();
            inOrder.add(reading);
        }
        return null;
    }
}
