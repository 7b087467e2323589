package io.minerops.core.device.internal.net;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Logs what goes wrong in many readings for one reason: each kind once a minute, with how often it came since, so that
 * thousands of devices do not make thousands of stack traces. Not thread-safe.
 */
final class FaultLog {
    private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int MAX_KINDS = 32;

    private final Logger log;
    private final LongSupplier nanos;
    private final Map<String, Long> lastOfKind = new LinkedHashMap<>();
    private long unlogged;

    FaultLog(Logger log, LongSupplier nanos) {
        this.log = log;
        this.nanos = nanos;
    }

    /** A fault of this program, with its stack trace; never throws, since memory may be what is short. */
    void fault(String what, Throwable cause) {
        try {
            if (isDue(cause.getClass().getName())) {
                log.error("{}{}", what, further(), cause);
            }
        } catch (RuntimeException | Error e) {
            // there is no other place to report it, and the readings go on
            unlogged++;
        }
    }

    /** A shortage of this machine, in one line; never throws. */
    void shortage(String kind, String what) {
        try {
            if (isDue(kind)) {
                log.warn("{}{}", what, further());
            }
        } catch (RuntimeException | Error e) {
            // there is no other place to report it, and the readings go on
            unlogged++;
        }
    }

    private boolean isDue(String kind) {
        long now = nanos.getAsLong();
        Long last = lastOfKind.get(kind);
        if (last != null && now - last < PAUSE_NANOS) {
            unlogged++;
            return false;
        }
        if (last == null && lastOfKind.size() >= MAX_KINDS) {
            lastOfKind.clear();
        }
        lastOfKind.put(kind, now);
        return true;
    }

    private String further() {
        String further = unlogged == 0 ? "" : " (" + unlogged + " similar problems were not logged)";
        unlogged = 0;
        return further;
    }
}
