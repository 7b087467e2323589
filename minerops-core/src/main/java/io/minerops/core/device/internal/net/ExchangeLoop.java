package io.minerops.core.device.internal.net;

import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.MinerReading.Phase;
import io.minerops.core.device.internal.reading.DeviceProfile;
import io.minerops.core.device.internal.reading.DeviceProfiles;
import io.minerops.core.device.internal.reading.Outcome;
import io.minerops.core.device.internal.reading.ReadingPlan;
import io.minerops.core.device.internal.vendor.Families;
import io.minerops.core.device.internal.wire.Reply;
import io.minerops.core.device.internal.wire.TreeSize;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceRequest;
import io.minerops.core.device.reply.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * All readings over one selector: admits them as slots come free, never two of one device at a time, moves those whose
 * sockets are ready, and concludes those whose deadline has passed. A reading that throws ends itself and no other; what
 * this machine is short of holds readings up and is never an outcome of a device. Only for the thread that turns it.
 */
public final class ExchangeLoop implements AutoCloseable {
    private final Selector selector;
    private final Parts parts;
    private final Scratch scratch;
    private final ReadingQueue admission;
    private final Shortages shortages;
    private final FaultLog faults;
    private final TreeSet<PendingReading> byDeadline = new TreeSet<>();
    private final LoopTasks tasks;
    private int connections;
    /** Connections that were closed since the last look at the sockets: until the next they keep their descriptors. */
    private int closing;

    /**
     * What readings are made with.
     *
     * @param concluded called for every reading that ends; must not block
     * @param connectionsBegun counts connections, for any thread
     */
    public record Parts(
            ConnectionLimits budget,
            int maxReplyBytes,
            ReplyMemory memory,
            ExchangeTimeouts timeouts,
            InstantSource clock,
            DeviceProfiles capabilities,
            UnresponsiveDevices silence,
            Families families,
            Ports ports,
            HostLookup lookup,
            BiConsumer<PendingReading, MinerReading> concluded,
            AtomicLong connectionsBegun) {}

    /**
     * @param selector its own, closed with it
     * @param scratch used by nothing else on this thread
     * @param tasks what other threads have it do
     */
    ExchangeLoop(Selector selector, Scratch scratch, Parts parts, LoopTasks tasks, FaultLog faults) {
        this.selector = selector;
        this.parts = parts;
        this.tasks = tasks;
        this.faults = faults;
        this.scratch = scratch;
        admission = new ReadingQueue(parts.budget(), System.nanoTime());
        shortages = new Shortages(parts.budget().connections(), parts.memory());
    }

    /** Takes a reading on. */
    void add(PendingReading reading) {
        guarded(reading, () -> {
            admission.add(reading, parts.silence().lately(reading.miner));
            byDeadline.add(reading);
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
        long toTurn = shortages.allowsMore(admission.underWay(), now) ? admission.waitNanos(now) : Long.MAX_VALUE;
        long toDeadline =
                byDeadline.isEmpty() ? Long.MAX_VALUE : byDeadline.first().remainingNanos(now);
        long nanos = Math.min(Math.min(toTurn, shortages.waitNanos()), toDeadline);
        if (nanos == Long.MAX_VALUE) {
            selector.select();
        } else if (nanos <= 0) {
            selector.selectNow();
        } else {
            selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos + 999_999)));
        }
        closing = 0;
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
            end(reading, exchange);
            reading.readAt = parts.clock().instant();
            plan.take(outcome);
            proceed(reading, plan, outcome);
        } else if (exchange.waitsForRoom()) {
            exchange.pause(true);
            shortages.waitForRoom(reading, System.nanoTime());
            sorted(reading, reading::waits);
        } else if (exchange.phase() != before) {
            reading.stepBegins(exchange.phase(), System.nanoTime(), parts.timeouts());
            if (reading.endsBeforeItsPlace()) {
                sorted(reading, reading::sortByStep);
            }
        }
    }

    /** Changes the time by which it is sorted. */
    private void sorted(PendingReading reading, Runnable change) {
        byDeadline.remove(reading);
        change.run();
        byDeadline.add(reading);
    }

    /** Goes on with those that waited for a socket or for room. */
    private void resume() {
        for (PendingReading next = shortages.nextForRoom(); next != null; next = shortages.nextForRoom()) {
            PendingReading reading = next;
            guarded(reading, () -> {
                sorted(reading, () -> reading.exchangeResumes(System.nanoTime(), parts.timeouts()));
                if (reading.exchange != null) {
                    reading.exchange.pause(false);
                }
            });
        }
        for (PendingReading next = shortages.nextForSocket(connections + closing, System.nanoTime());
                next != null;
                next = shortages.nextForSocket(connections + closing, System.nanoTime())) {
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
        while (!byDeadline.isEmpty() && byDeadline.first().remainingNanos(now) <= 0) {
            PendingReading reading = byDeadline.pollFirst();
            if (reading.hasTimeLeft(now)) {
                reading.sortByStep();
                byDeadline.add(reading);
            } else {
                guarded(reading, () -> conclude(reading, reading.phase()));
            }
        }
    }

    private void admit() {
        while (shortages.allowsMore(admission.underWay() + closing, System.nanoTime())) {
            PendingReading reading = admission.next(System.nanoTime());
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
            ReadingPlan plan =
                    new ReadingPlan(reading.miner, parts.capabilities().of(reading.miner), parts.families());
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
            parts.lookup().find(reading.miner, new ReadingLookup(reading, plan));
        }
    }

    private void found(PendingReading reading, ReadingPlan plan, InetAddress address) {
        if (admission.isUnderWay(reading)) {
            reading.address = address;
            proceed(reading, plan, null);
        }
    }

    private void notFound(PendingReading reading, ReadingPlan plan, String reason) {
        if (admission.isUnderWay(reading)) {
            plan.unreachable(reason);
            conclude(reading, null);
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
            keep(reading, last);
        }
        while (!next.isEmpty()) {
            if (send(reading, plan, next)) {
                return;
            }
            next = plan.next();
        }
        conclude(reading, null);
    }

    /** A reading that goes on keeps what it has: many that do must not fill the heap together. */
    private void keep(PendingReading reading, @Nullable Outcome last) {
        if (last instanceof Outcome.Replied replied && replied.reply() instanceof Reply.Value value) {
            long bytes = TreeSize.of(value.root());
            if (!parts.memory().take(bytes, ReplyMemory.Use.USUAL)) {
                throw new LocalShortage("no memory for its replies: " + parts.memory());
            }
            reading.kept += bytes;
        }
    }

    /** Sends a request, or has it wait for a socket; false where the device cannot be reached with it. */
    private boolean send(PendingReading reading, ReadingPlan plan, List<Command> commands) {
        try {
            reading.exchange = begin(reading, plan, commands);
            connections++;
            sorted(reading, () -> reading.exchangeBegins(System.nanoTime(), parts.timeouts()));
        } catch (LocalShortage e) {
            parts.connectionsBegun().decrementAndGet();
            reading.unsent = commands;
            shortages.waitForSocket(reading, String.valueOf(e.getMessage()), connections + closing, System.nanoTime());
            sorted(reading, reading::waits);
            faults.shortage(
                    "socket",
                    "fewer miners are read at a time, with " + connections + " connections open: " + e.getMessage()
                            + "; does the process need a higher limit of open files?");
        } catch (IOException e) {
            plan.take(new Outcome.Unconnected(Exchange.reason(e)));
            return false;
        }
        return true;
    }

    private Exchange begin(PendingReading reading, ReadingPlan plan, List<Command> commands) throws IOException {
        InetAddress address = reading.address;
        if (address == null) {
            throw new IllegalStateException(reading.miner + " has no address yet");
        }
        parts.connectionsBegun().incrementAndGet();
        Endpoint endpoint = commands.get(0).endpoint();
        DeviceRequest query = new DeviceRequest(commands, parts.ports().of(endpoint, reading.miner, plan.webHere()));
        reading.query = query;
        return Exchange.begin(
                selector,
                new InetSocketAddress(address, query.port()),
                query.bytes(reading.miner.host()),
                endpoint.framing(parts.maxReplyBytes()),
                parts.maxReplyBytes(),
                parts.memory(),
                reading);
    }

    private void conclude(PendingReading reading, @Nullable Phase cutOffIn) {
        ReadingPlan plan = reading.plan;
        String shortage = shortageOf(reading);
        if (cutOffIn != null && shortage != null) {
            notRead(reading, shortage);
            return;
        }
        MinerReading outcome;
        if (plan == null) {
            outcome = new MinerReading.TimedOut(reading.miner, Phase.QUEUED);
        } else {
            DeviceProfile learned = plan.learned(cutOffIn);
            if (learned != null) {
                parts.capabilities().learn(reading.miner, learned);
            }
            outcome = plan.conclude(reading.readAt, cutOffIn);
        }
        parts.silence().note(outcome);
        release(reading);
        parts.concluded().accept(reading, outcome);
    }

    /** What this machine lacked, so that the device had no chance; null where it had one. */
    private @Nullable String shortageOf(PendingReading reading) {
        if (reading.shortOf != null) {
            return reading.shortOf;
        } else if (reading.plan == null) {
            return shortages.since(reading.submittedNanos);
        }
        return reading.waitsForLookup ? "its host name waited for other look-ups to end" : null;
    }

    /** Ends a reading by a shortage of this machine, which teaches nothing of the device. */
    private void notRead(PendingReading reading, String reason) {
        release(reading);
        parts.concluded().accept(reading, new MinerReading.NotRead(reading.miner, reason));
    }

    private void release(PendingReading reading) {
        byDeadline.remove(reading);
        shortages.remove(reading);
        Exchange exchange = reading.exchange;
        if (exchange != null) {
            end(reading, exchange);
        }
        reading.forgetReplies(parts.memory());
        admission.remove(reading);
        // last: where a step before it throws, the recovery finds the reading
        tasks.ended(reading);
    }

    private void end(PendingReading reading, Exchange exchange) {
        reading.exchange = null;
        connections--;
        closing++;
        exchange.close();
        DeviceRequest query = reading.query;
        ReceivedReplies heard = reading.heard;
        if (heard != null && query != null) {
            heard.add(query, exchange);
        }
    }

    /** A fault in one reading ends that reading and no other, unless the selector is lost to all. */
    private void guarded(PendingReading reading, Runnable step) {
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

    /** Has the loop go on with a reading whose host name was looked up. */
    private final class ReadingLookup implements HostLookup.Answer {
        private final PendingReading reading;
        private final ReadingPlan plan;

        ReadingLookup(PendingReading reading, ReadingPlan plan) {
            this.reading = reading;
            this.plan = plan;
        }

        @Override
        public boolean isWanted() {
            reading.waitsForLookup = false;
            return !reading.result.isDone();
        }

        @Override
        public void found(InetAddress address) {
            post(() -> ExchangeLoop.this.found(reading, plan, address));
        }

        @Override
        public void failed(String reason) {
            post(() -> notFound(reading, plan, reason));
        }

        @Override
        public void notLookedUp(String reason) {
            post(() -> {
                if (admission.isUnderWay(reading)) {
                    notRead(reading, reason);
                }
            });
        }

        private void post(Runnable step) {
            reading.waitsForLookup = false;
            tasks.post(loop -> {
                // a loop that was started again since then has ended the reading
                if (loop == ExchangeLoop.this) {
                    guarded(reading, step);
                }
            });
        }
    }
}
