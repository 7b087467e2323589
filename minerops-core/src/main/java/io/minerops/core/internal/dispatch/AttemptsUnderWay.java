package io.minerops.core.internal.dispatch;

import io.minerops.api.alert.Destination;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Limits the attempts that are under way, per destination and in total, so that destinations that do not answer leave
 * room for those that do. Thread-safe.
 */
final class AttemptsUnderWay {
    /** The maximum of attempts at a time over all destinations. */
    static final int MAX_IN_TOTAL = 256;

    /** The maximum of attempts at a time to one destination. */
    static final int MAX_PER_DESTINATION = 8;

    /** The maximum of attempts at a time to slow destinations together; the rest is reserved for the others. */
    static final int MAX_SLOW = 128;

    /** A destination whose last attempt took this long is slow: it gets one attempt at a time. */
    static final Duration SLOW = Duration.ofSeconds(5);

    /** Whether an attempt may begin. */
    enum Admission {
        /** It is under way now; {@link #ended} must follow. */
        ADMITTED,
        /** This destination has enough attempts under way. */
        DESTINATION_BUSY,
        /** All destinations together have. */
        FULL
    }

    private final Map<Destination, Load> loads = new HashMap<>();
    private int total;
    private int slowTotal;

    synchronized Admission begin(Destination destination) {
        Load load = loads.get(destination);
        boolean slow = load != null && load.slow;
        int underWay = load == null ? 0 : load.underWay;
        if (slow ? underWay > 0 || slowTotal >= MAX_SLOW : underWay >= MAX_PER_DESTINATION) {
            return Admission.DESTINATION_BUSY;
        }
        if (total >= MAX_IN_TOTAL) {
            return Admission.FULL;
        }
        Load begun = load == null ? new Load() : load;
        loads.put(destination, begun);
        begun.underWay++;
        total++;
        slowTotal += slow ? 1 : 0;
        return Admission.ADMITTED;
    }

    /** Notes that an attempt ended after this time. */
    synchronized void ended(Destination destination, Duration took) {
        Load load = loads.get(destination);
        if (load == null) {
            throw new IllegalStateException("no attempt to " + destination + " is under way");
        }
        slowTotal -= load.slow ? load.underWay : 0;
        load.underWay--;
        load.slow = took.compareTo(SLOW) >= 0;
        slowTotal += load.slow ? load.underWay : 0;
        total--;
        if (load.underWay == 0 && (!load.slow || loads.size() > MAX_IN_TOTAL * 4)) {
            loads.remove(destination);
        }
        notifyAll();
    }

    /** Waits until nothing is under way, at most that long; says whether that is so. */
    synchronized boolean awaitNone(Duration timeouts) throws InterruptedException {
        long deadline = System.nanoTime() + timeouts.toNanos();
        long left = timeouts.toMillis();
        while (total > 0 && left > 0) {
            wait(left);
            left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        }
        return total == 0;
    }

    private static final class Load {
        private int underWay;
        private boolean slow;
    }
}
