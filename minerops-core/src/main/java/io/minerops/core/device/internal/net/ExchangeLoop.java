package io.minerops.core.device.internal.net;

import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.MinerReading.Phase;
import io.minerops.core.device.internal.reading.Outcome;
import io.minerops.core.device.internal.reading.ReadingPlan;
import io.minerops.core.device.reply.Command;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * All readings over one selector: admits them as slots come free, never two of one device at a time, moves those whose
 * sockets are ready, and concludes those whose deadline has passed. A reading that throws ends itself and no other; what
 * this machine is short of holds readings up and is never an outcome of a device. Only for the thread that turns it.
 */
public final class ExchangeLoop implements AutoCloseable {
    private final Selector selector;
    private final LoopParts parts;
    private final Scratch scratch;
    private final ReadingQueue queue;
    private final Shortages shortages;
    private final FaultLog faults;
    private final Deadlines deadlines = new Deadlines();
    private final LoopTasks tasks;
    private final OpenConnections connections;

    /**
     * @param selector its own, closed with it
     * @param scratch used by nothing else on this thread
     * @param tasks what other threads have it do
     */
    ExchangeLoop(Selector selector, Scratch scratch, LoopParts parts, LoopTasks tasks, FaultLog faults) {
        this.selector = selector;
        this.parts = parts;
        this.tasks = tasks;
        this.faults = faults;
        this.scratch = scratch;
        queue = new ReadingQueue(parts.limits(), System.nanoTime());
        connections = new OpenConnections(selector, parts);
        shortages = new Shortages(parts.limits().connections(), parts.memory());
    }

    /** Takes a reading on. */
    void add(PendingReading reading) {
        guarded(reading, () -> {
            queue.add(reading, parts.unresponsive().lately(reading.miner));
            deadlines.add(reading);
        });
    }

    /** Waits for something to happen, and does what there is to do. */
    void turn() throws IOException {
        long looked = await();
        tasks.run(this);
        advanceReady();
        resume();
        expire(looked);
        admit();
    }

    /**
     * Waits for sockets, for what other threads want, for the next deadline or the next turn, whichever comes first.
     *
     * @return when it began to look, on the scale of {@link System#nanoTime}: what had come by then is found
     */
    private long await() throws IOException {
        long now = System.nanoTime();
        long toTurn = shortages.allowsMore(queue.underWay(), now) ? queue.waitNanos(now) : Long.MAX_VALUE;
        long nanos = Math.min(Math.min(toTurn, shortages.waitNanos()), deadlines.waitNanos(now));
        if (nanos == Long.MAX_VALUE) {
            selector.select();
        } else if (nanos <= 0) {
            selector.selectNow();
        } else {
            selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos + 999_999)));
        }
        connections.looked();
        return now;
    }

    private void advanceReady() {
        for (Iterator<SelectionKey> ready = selector.selectedKeys().iterator(); ready.hasNext(); ) {
            SelectionKey key = ready.next();
            ready.remove();
            PendingReading reading = (PendingReading) key.attachment();
            if (key.isValid() && reading.exchange != null) {
                guarded(reading, () -> advance(reading, key));
            }
        }
    }

    private void advance(PendingReading reading, SelectionKey key) {
        Exchange exchange = reading.exchange;
        ReadingPlan plan = reading.plan;
        if (exchange == null || plan == null) {
            return;
        }
        Phase before = exchange.phase();
        Outcome outcome = exchange.advance(key, scratch);
        if (outcome != null) {
            connections.end(reading, exchange);
            reading.readAt = parts.clock().instant();
            plan.take(outcome);
            proceed(reading, plan, outcome);
        } else if (exchange.waitsForRoom()) {
            exchange.pause(true);
            shortages.waitForRoom(reading, System.nanoTime());
            deadlines.change(reading, reading::waits);
        } else if (exchange.phase() != before) {
            reading.stepBegins(exchange.phase(), System.nanoTime(), parts.timeouts());
            if (reading.endsBeforeItsPlace()) {
                deadlines.change(reading, reading::sortByStep);
            }
        }
    }

    /** Goes on with those that waited for a socket or for room. */
    private void resume() {
        for (PendingReading next = shortages.nextForRoom(); next != null; next = shortages.nextForRoom()) {
            PendingReading reading = next;
            guarded(reading, () -> {
                deadlines.change(reading, () -> reading.exchangeResumes(System.nanoTime(), parts.timeouts()));
                if (reading.exchange != null) {
                    reading.exchange.pause(false);
                }
            });
        }
        for (PendingReading next = shortages.nextForSocket(connections.held(), System.nanoTime());
                next != null;
                next = shortages.nextForSocket(connections.held(), System.nanoTime())) {
            PendingReading reading = next;
            guarded(reading, () -> {
                if (reading.plan != null && !send(reading, reading.plan, reading.unsent)) {
                    proceed(reading, reading.plan, null);
                }
            });
        }
    }

    /**
     * Concludes what had no time left when the sockets were looked at. Where this thread was held up, a reply may have come
     * in time and lie there unread, so a deadline that has passed only since then is left to the next look.
     */
    private void expire(long now) {
        for (PendingReading next = deadlines.pollOver(now); next != null; next = deadlines.pollOver(now)) {
            PendingReading reading = next;
            guarded(reading, () -> conclude(reading, reading.phase()));
        }
    }

    private void admit() {
        while (shortages.allowsMore(queue.underWay() + connections.closing(), System.nanoTime())) {
            PendingReading reading = queue.next(System.nanoTime());
            if (reading == null) {
                return;
            }
            guarded(reading, () -> begin(reading));
        }
    }

    private void begin(PendingReading reading) {
        if (reading.result.isDone()) {
            release(reading);
        } else {
            ReadingPlan plan = new ReadingPlan(reading.miner, parts.profiles().of(reading.miner), parts.families());
            reading.plan = plan;
            resolve(reading, plan);
        }
    }

    private void resolve(PendingReading reading, ReadingPlan plan) {
        if (HostLookup.isLiteral(reading.miner)) {
            try {
                found(reading, plan, InetAddress.getByName(reading.miner.host()));
            } catch (IOException e) {
                notFound(reading, plan, "no such address");
            }
        } else {
            reading.waitsForLookup = true;
            parts.lookup().find(reading.miner, new ReadingLookup(this, tasks, reading, plan));
        }
    }

    void found(PendingReading reading, ReadingPlan plan, InetAddress address) {
        if (queue.isUnderWay(reading)) {
            reading.address = address;
            proceed(reading, plan, null);
        }
    }

    void notFound(PendingReading reading, ReadingPlan plan, String reason) {
        if (queue.isUnderWay(reading)) {
            plan.unreachable(reason);
            conclude(reading, null);
        }
    }

    void notLookedUp(PendingReading reading, String reason) {
        if (queue.isUnderWay(reading)) {
            notRead(reading, reason);
        }
    }

    /**
     * Sends the next request, or concludes the reading where there is none.
     *
     * @param last the outcome of the request before; null where there was none
     */
    private void proceed(PendingReading reading, ReadingPlan plan, @Nullable Outcome last) {
        List<Command> next = plan.next();
        if (!next.isEmpty()) {
            reading.keep(last, parts.memory());
        }
        while (!next.isEmpty()) {
            if (send(reading, plan, next)) {
                return;
            }
            next = plan.next();
        }
        conclude(reading, null);
    }

    /** Sends a request, or has it wait for a socket; false where the device cannot be reached with it. */
    private boolean send(PendingReading reading, ReadingPlan plan, List<Command> commands) {
        try {
            reading.exchange = connections.begin(reading, plan, commands);
            deadlines.change(reading, () -> reading.exchangeBegins(System.nanoTime(), parts.timeouts()));
        } catch (LocalShortage e) {
            reading.unsent = commands;
            shortages.waitForSocket(reading, String.valueOf(e.getMessage()), connections.held(), System.nanoTime());
            deadlines.change(reading, reading::waits);
            faults.shortage(
                    "socket",
                    "fewer miners are read at a time, with " + connections.open() + " connections open: "
                            + e.getMessage() + "; does the process need a higher limit of open files?");
        } catch (IOException e) {
            plan.take(new Outcome.Unconnected(Exchange.reason(e)));
            return false;
        }
        return true;
    }

    private void conclude(PendingReading reading, @Nullable Phase cutOffIn) {
        String shortage = cutOffIn == null ? null : shortages.of(reading);
        if (shortage != null) {
            notRead(reading, shortage);
            return;
        }
        MinerReading outcome = reading.conclude(cutOffIn, parts.profiles());
        parts.unresponsive().note(outcome);
        release(reading);
        parts.concluded().accept(reading, outcome);
    }

    /** Ends a reading by a shortage of this machine, which teaches nothing of the device. */
    private void notRead(PendingReading reading, String reason) {
        release(reading);
        parts.concluded().accept(reading, new MinerReading.NotRead(reading.miner, reason));
    }

    private void release(PendingReading reading) {
        deadlines.remove(reading);
        shortages.remove(reading);
        Exchange exchange = reading.exchange;
        if (exchange != null) {
            connections.end(reading, exchange);
        }
        reading.forgetReplies(parts.memory());
        queue.remove(reading);
        // last: where a step before it throws, the recovery finds the reading
        tasks.ended(reading);
    }

    /** A fault in one reading ends that reading and no other, unless the selector is lost to all. */
    void guarded(PendingReading reading, Runnable step) {
        try {
            step.run();
        } catch (LocalShortage e) {
            shortages.note(String.valueOf(e.getMessage()), System.nanoTime());
            faults.shortage("memory", reading.miner + " is not read: " + e.getMessage());
            notRead(reading, String.valueOf(e.getMessage()));
        } catch (OutOfMemoryError e) {
            release(reading);
            shortages.note("no memory left", System.nanoTime());
            faults.fault("reading " + reading.miner + " ended: out of memory", e);
            parts.concluded().accept(reading, new MinerReading.NotRead(reading.miner, "no memory left"));
        } catch (RuntimeException | Error e) {
            if (!selector.isOpen()) {
                // that is no fault of this reading: all of them end when reading starts again
                throw e;
            }
            release(reading);
            faults.fault("reading " + reading.miner + " failed by a fault of the client", e);
            reading.result.completeExceptionally(e);
        }
    }

    /** Closes the selector, and the connections of readings that the caller ends. */
    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            PendingReading reading = (PendingReading) key.attachment();
            Exchange exchange = reading == null ? null : reading.exchange;
            if (reading != null && exchange != null) {
                reading.exchange = null;
                exchange.close();
            }
        }
        selector.close();
    }
}
