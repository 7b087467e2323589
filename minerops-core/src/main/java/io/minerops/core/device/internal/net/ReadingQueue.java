package io.minerops.core.device.internal.net;

import io.minerops.api.miner.MinerAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides whose turn it is: never two readings of one device at a time, no more at once than the {@link ConnectionLimits} allows
 * in all, in one subnet and of suspects, and none sooner after another than it says. A suspect is a device that was
 * silent the last time: it waits while anybody else can go. What one call costs does not grow with how many wait.
 */
final class ReadingQueue {
    private final ConnectionLimits limits;
    private final RateLimiter pace;
    private final long startNanos;
    private final Map<String, Subnet> subnets = new HashMap<>();
    /** Those with waiting readings that may start once the rate allows. */
    private final PriorityQueue<Subnet> inTurn = new PriorityQueue<>((one, other) -> one.pace.compareNext(other.pace));

    private final Set<PendingReading> suspects = new LinkedHashSet<>();
    private final Set<PendingReading> suspectsUnderWay = new LinkedHashSet<>();
    private final Map<MinerAddress, PendingReading> admitted = new HashMap<>();
    private final Map<MinerAddress, PendingReading> first = new HashMap<>();
    private final Map<MinerAddress, Deque<PendingReading>> behind = new HashMap<>();

    /**
     * A queue without waiting readings.
     *
     * @param nowNanos the time on the scale of {@link System#nanoTime}, as everywhere here
     */
    ReadingQueue(ConnectionLimits limits, long nowNanos) {
        this.limits = limits;
        startNanos = nowNanos;
        pace = RateLimiter.spaced(limits.startGapNanos(), nowNanos);
    }

    /**
     * Takes a reading into the queue.
     *
     * @param suspect whether the device was silent the last time
     */
    void add(PendingReading reading, boolean suspect) {
        reading.suspect = suspect;
        if (first.putIfAbsent(reading.miner, reading) != null) {
            behind.computeIfAbsent(reading.miner, miner -> new ArrayDeque<>(1)).add(reading);
        } else if (suspect) {
            suspects.add(reading);
        } else {
            Subnet subnet = subnets.computeIfAbsent(
                    Subnet.of(reading.miner),
                    name -> new Subnet(name, RateLimiter.spaced(limits.subnetGapNanos(), startNanos)));
            subnet.waiting.add(reading);
            enterTurn(subnet);
        }
    }

    /** The reading that may begin now, from then on under way; null where none may. */
    @Nullable
    PendingReading next(long nowNanos) {
        if (admitted.size() >= limits.connections() || pace.waitNanos(nowNanos) > 0) {
            return null;
        }
        PendingReading chosen = null;
        Subnet subnet = inTurn.peek();
        if (subnet != null && subnet.pace.waitNanos(nowNanos) <= 0) {
            inTurn.remove();
            subnet.queued = false;
            chosen = takeFirst(subnet.waiting);
            subnet.underWay++;
            subnet.pace.started(nowNanos);
            enterTurn(subnet);
        } else if (suspectsMayGo()) {
            chosen = takeFirst(suspects);
            suspectsUnderWay.add(chosen);
        }
        if (chosen != null) {
            pace.started(nowNanos);
            admitted.put(chosen.miner, chosen);
        }
        return chosen;
    }

    /** Time until a waiting reading may start if nothing ends before; {@link Long#MAX_VALUE} if none may. */
    long waitNanos(long nowNanos) {
        Subnet subnet = inTurn.peek();
        if (admitted.size() >= limits.connections() || (subnet == null && !suspectsMayGo())) {
            return Long.MAX_VALUE;
        }
        long untilTurn = suspectsMayGo() || subnet == null ? 0 : subnet.pace.waitNanos(nowNanos);
        return Math.max(0, Math.max(untilTurn, pace.waitNanos(nowNanos)));
    }

    /** How many are under way. */
    int underWay() {
        return admitted.size();
    }

    /** Whether this very reading is under way. */
    boolean isUnderWay(PendingReading reading) {
        return reading.equals(admitted.get(reading.miner));
    }

    /** Forgets a reading, whether it waited or was under way; who waited behind it for the same device moves up. */
    void remove(PendingReading reading) {
        if (!reading.equals(first.get(reading.miner))) {
            Deque<PendingReading> others = behind.get(reading.miner);
            if (others != null && others.remove(reading) && others.isEmpty()) {
                behind.remove(reading.miner);
            }
            return;
        }
        boolean wasUnderWay = admitted.remove(reading.miner, reading);
        first.remove(reading.miner);
        if (reading.suspect) {
            suspects.remove(reading);
            suspectsUnderWay.remove(reading);
        } else {
            leave(reading, wasUnderWay);
        }
        moveUp(reading.miner);
    }

    private void leave(PendingReading reading, boolean wasUnderWay) {
        Subnet subnet = subnets.get(Subnet.of(reading.miner));
        if (subnet == null) {
            throw new IllegalStateException(reading.miner + " is of no subnet");
        }
        if (wasUnderWay) {
            subnet.underWay--;
        } else {
            subnet.waiting.remove(reading);
        }
        if (subnet.waiting.isEmpty()) {
            inTurn.remove(subnet);
            subnet.queued = false;
            if (subnet.underWay == 0) {
                subnets.remove(subnet.name);
            }
        } else {
            enterTurn(subnet);
        }
    }

    private void moveUp(MinerAddress miner) {
        Deque<PendingReading> others = behind.get(miner);
        if (others != null) {
            PendingReading next = others.remove();
            if (others.isEmpty()) {
                behind.remove(miner);
            }
            add(next, next.suspect);
        }
    }

    private boolean suspectsMayGo() {
        return !suspects.isEmpty() && suspectsUnderWay.size() < limits.suspects();
    }

    private void enterTurn(Subnet subnet) {
        if (!subnet.queued && !subnet.waiting.isEmpty() && subnet.underWay < limits.perSubnet()) {
            subnet.queued = true;
            inTurn.add(subnet);
        }
    }

    private static PendingReading takeFirst(Set<PendingReading> waiting) {
        var all = waiting.iterator();
        PendingReading taken = all.next();
        all.remove();
        return taken;
    }
}
