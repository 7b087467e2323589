package io.minerops.core.device.internal.net;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What this machine is short of, and which readings wait for it: sockets, and room for long replies. Whatever is short,
 * no more devices are turned to until it is there again. Only for the loop's thread.
 */
final class Shortages {
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long RECOVERY_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final int maxConnections;
    private final ReplyMemory memory;
    private final Deque<PendingReading> forSocket = new ArrayDeque<>();
    private final Deque<PendingReading> forRoom = new ArrayDeque<>();
    private int connectionLimit;
    private long socketsShortNanos;
    private long lastNanos;
    private @Nullable String last;

    Shortages(int maxConnections, ReplyMemory memory) {
        this.maxConnections = maxConnections;
        this.memory = memory;
        connectionLimit = maxConnections;
    }

    /** Takes in that something was short. */
    void note(String reason, long nowNanos) {
        last = reason;
        lastNanos = nowNanos;
    }

    /** What was short at some time since then; null where nothing was. */
    @Nullable
    String since(long nanos) {
        return last != null && lastNanos - nanos >= 0 ? last : null;
    }

    /**
     * Whether one more device may be turned to.
     *
     * @param underWay how many are being read
     */
    boolean allowsMore(int underWay, long nowNanos) {
        if (connectionLimit < maxConnections && nowNanos - socketsShortNanos >= RECOVERY_NANOS) {
            connectionLimit = Math.min(maxConnections, connectionLimit * 2);
            socketsShortNanos = nowNanos;
        }
        if (memory.isShort()) {
            note(memory.toString(), nowNanos);
            return false;
        }
        if (!forSocket.isEmpty()) {
            note(forSocketReason(), nowNanos);
            return false;
        }
        return underWay < connectionLimit;
    }

    private String forSocketReason() {
        PendingReading first = forSocket.peek();
        return first == null || first.shortOf == null ? "no socket" : first.shortOf;
    }

    /**
     * A reading waits for a socket. From now on fewer are open at a time, since other parts of this program need file
     * descriptors too.
     *
     * @param connections how many are open
     */
    void waitForSocket(PendingReading reading, String reason, int connections, long nowNanos) {
        note(reason, nowNanos);
        reading.shortOf = reason;
        forSocket.addFirst(reading);
        connectionLimit = Math.max(1, Math.min(connectionLimit, connections - connections / 4));
        socketsShortNanos = nowNanos;
    }

    /** A reading that is to try again to get a socket; null where none is to. */
    @Nullable
    PendingReading nextForSocket(int connections, long nowNanos) {
        boolean some = connections > 0 && connections < connectionLimit;
        if (forSocket.isEmpty() || !(some || nowNanos - socketsShortNanos >= RETRY_NANOS)) {
            return null;
        }
        PendingReading next = forSocket.remove();
        next.shortOf = null;
        return next;
    }

    /**
     * A reading waits for room for a long reply.
     *
     * @throws LocalShortage if those that wait hold too much of the room already
     */
    void waitForRoom(PendingReading reading, long nowNanos) {
        String reason = "no room for a long reply: " + memory;
        note(reason, nowNanos);
        if ((forRoom.size() + 1L) * Exchange.MAX_BYTES_WITHOUT_ROOM > memory.quarter()) {
            throw new LocalShortage(reason);
        }
        reading.shortOf = reason;
        forRoom.addLast(reading);
    }

    /** A reading for whose long reply there is room now, which it has taken; null where there is none. */
    @Nullable
    PendingReading nextForRoom() {
        PendingReading first = forRoom.peek();
        if (first == null || first.exchange == null || !first.exchange.takeRoom()) {
            return null;
        }
        first.shortOf = null;
        return forRoom.remove();
    }

    /** Forgets a reading that has ended. */
    void remove(PendingReading reading) {
        if (reading.shortOf != null) {
            forSocket.remove(reading);
            forRoom.remove(reading);
            reading.shortOf = null;
        }
    }

    /** How long until it is worth a look whether something is there again; {@link Long#MAX_VALUE} where nothing is short. */
    long waitNanos() {
        return forSocket.isEmpty() && forRoom.isEmpty() && !memory.isShort() ? Long.MAX_VALUE : RETRY_NANOS;
    }

    /** What this machine lacked for a reading, so that the device had no chance; null where it had one. */
    @Nullable
    String of(PendingReading reading) {
        if (reading.shortOf != null) {
            return reading.shortOf;
        } else if (reading.plan == null) {
            return since(reading.submittedNanos);
        }
        return reading.waitsForLookup ? "its host name waited for other look-ups to end" : null;
    }
}
