package io.minerops.core.cgminer;

import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.MinerReading.Phase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs all readings on one thread: admits them as slots come free, never two of one device at a time, moves those
 * whose sockets are ready, and concludes those whose deadline has passed.
 */
final class ExchangeLoop implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(ExchangeLoop.class);

    private final Selector selector;
    private final Scratch scratch = new Scratch();
    private final Queue<Runnable> posted = new ConcurrentLinkedQueue<>();
    private final Admission admission;
    private final TreeSet<PendingReading> byDeadline = new TreeSet<>();

    private final int maxReplyBytes;
    private final Patience patience;
    private final InstantSource clock;
    private final Capabilities capabilities;
    private final Silence silence;
    private final Families families;
    private final Ports ports;
    private final HostLookup lookup;
    private final BiConsumer<PendingReading, MinerReading> concluded;
    private final Object gate = new Object();
    private final AtomicLong connectionsBegun = new AtomicLong();
    private volatile boolean closed;
    private boolean ended;

    /**
     * @param concluded is told of every reading that ends; must not block
     * @throws UncheckedIOException if the system gives no selector
     */
    ExchangeLoop(
            Budget budget,
            int maxReplyBytes,
            Patience patience,
            InstantSource clock,
            Capabilities capabilities,
            Silence silence,
            Families families,
            Ports ports,
            HostLookup lookup,
            BiConsumer<PendingReading, MinerReading> concluded) {
        admission = new Admission(budget, System.nanoTime());
        this.maxReplyBytes = maxReplyBytes;
        this.patience = patience;
        this.clock = clock;
        this.capabilities = capabilities;
        this.silence = silence;
        this.families = families;
        this.ports = ports;
        this.lookup = lookup;
        this.concluded = concluded;
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("no selector can be opened: " + Exchange.reason(e), e);
        }
    }

    /** Takes a reading on, from any thread; false where the loop has ended. */
    boolean submit(PendingReading reading) {
        return post(() -> {
            admission.add(reading, silence.lately(reading.miner));
            byDeadline.add(reading);
        });
    }

    /** How many connections it has begun; for any thread. */
    long connectionsBegun() {
        return connectionsBegun.get();
    }

    /** Ends the loop, from any thread; readings under way fail. */
    void close() {
        closed = true;
        post(() -> log.debug("the client is being closed"));
    }

    @Override
    public void run() {
        try {
            while (!closed) {
                long looked = await();
                runPosted();
                advanceReady();
                expire(looked);
                admit();
            }
        } catch (IOException e) {
            log.error("the selector failed; nothing more is read", e);
        } finally {
            end();
        }
    }

    private void end() {
        synchronized (gate) {
            ended = true;
        }
        runPosted();
        for (PendingReading reading : List.copyOf(byDeadline)) {
            fail(reading, new CancellationException("the client was closed"));
        }
        try {
            selector.close();
        } catch (IOException e) {
            log.debug("the selector closed with a fault", e);
        }
    }

    private boolean post(Runnable task) {
        synchronized (gate) {
            if (ended) {
                return false;
            }
            posted.add(task);
            selector.wakeup();
            return true;
        }
    }

    private void runPosted() {
        for (Runnable task = posted.poll(); task != null; task = posted.poll()) {
            task.run();
        }
    }

    /**
     * Waits for sockets, for what is posted, for the next deadline or the next turn, whichever comes first.
     *
     * @return when it began to look, on the scale of {@link System#nanoTime}: what had come by then is found
     */
    private long await() throws IOException {
        long now = System.nanoTime();
        long toTurn = admission.waitNanos(now);
        long toDeadline =
                byDeadline.isEmpty() ? Long.MAX_VALUE : byDeadline.first().remainingNanos(now);
        long nanos = Math.min(toTurn, toDeadline);
        if (nanos == Long.MAX_VALUE) {
            selector.select();
        } else if (nanos <= 0) {
            selector.selectNow();
        } else {
            selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos + 999_999)));
        }
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
        if (outcome == null && exchange.phase() != before) {
            reading.stepBegins(exchange.phase(), System.nanoTime(), patience);
            if (reading.endsBeforeItsPlace()) {
                byDeadline.remove(reading);
                reading.sortByStep();
                byDeadline.add(reading);
            }
        } else if (outcome != null) {
            end(reading, exchange);
            reading.readAt = clock.instant();
            plan.take(outcome);
            proceed(reading, plan);
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
        for (PendingReading next = admission.next(System.nanoTime());
                next != null;
                next = admission.next(System.nanoTime())) {
            PendingReading reading = next;
            if (reading.result.isDone()) {
                release(reading);
            } else {
                ReadingPlan plan = new ReadingPlan(reading.miner, capabilities.of(reading.miner), families);
                reading.plan = plan;
                guarded(reading, () -> resolve(reading, plan));
            }
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
            lookup.find(
                    reading.miner,
                    address -> post(() -> guarded(reading, () -> found(reading, plan, address))),
                    reason -> post(() -> guarded(reading, () -> notFound(reading, plan, reason))));
        }
    }

    private void found(PendingReading reading, ReadingPlan plan, InetAddress address) {
        if (admission.isUnderWay(reading)) {
            reading.address = address;
            proceed(reading, plan);
        }
    }

    private void notFound(PendingReading reading, ReadingPlan plan, String reason) {
        if (admission.isUnderWay(reading)) {
            plan.unreachable(reason);
            conclude(reading, null);
        }
    }

    /** Sends the next request, or concludes the reading where there is none. */
    private void proceed(PendingReading reading, ReadingPlan plan) {
        for (List<Command> next = plan.next(); !next.isEmpty(); next = plan.next()) {
            try {
                reading.exchange = begin(reading, plan, next);
                long now = System.nanoTime();
                byDeadline.remove(reading);
                reading.exchangeBegins(now, patience);
                byDeadline.add(reading);
                return;
            } catch (IOException e) {
                plan.take(new Outcome.Unconnected(Exchange.reason(e)));
            }
        }
        conclude(reading, null);
    }

    private Exchange begin(PendingReading reading, ReadingPlan plan, List<Command> commands) throws IOException {
        InetAddress address = reading.address;
        if (address == null) {
            throw new IllegalStateException(reading.miner + " has no address yet");
        }
        connectionsBegun.incrementAndGet();
        Door door = commands.get(0).door();
        Question question = new Question(commands, ports.of(door, reading.miner, plan.webHere()));
        reading.question = question;
        return Exchange.begin(
                selector,
                new InetSocketAddress(address, question.port()),
                question.bytes(reading.miner.host()),
                door.framing(maxReplyBytes),
                maxReplyBytes,
                reading);
    }

    private void conclude(PendingReading reading, @Nullable Phase cutOffIn) {
        ReadingPlan plan = reading.plan;
        MinerReading outcome;
        if (plan == null) {
            outcome = new MinerReading.TimedOut(reading.miner, Phase.QUEUED);
        } else {
            Capability learned = plan.learned(cutOffIn);
            if (learned != null) {
                capabilities.learn(reading.miner, learned);
            }
            outcome = plan.conclude(reading.readAt, cutOffIn);
        }
        silence.note(outcome);
        release(reading);
        concluded.accept(reading, outcome);
    }

    private void release(PendingReading reading) {
        byDeadline.remove(reading);
        admission.remove(reading);
        Exchange exchange = reading.exchange;
        if (exchange != null) {
            end(reading, exchange);
        }
    }

    private static void end(PendingReading reading, Exchange exchange) {
        exchange.close();
        reading.exchange = null;
        Question question = reading.question;
        HeardReplies heard = reading.heard;
        if (heard != null && question != null) {
            heard.add(question, exchange);
        }
    }

    private void fail(PendingReading reading, RuntimeException fault) {
        release(reading);
        reading.result.completeExceptionally(fault);
    }

    /** A fault in one reading ends that reading and no other. */
    private void guarded(PendingReading reading, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            log.error("reading {} failed by a fault of the client", reading.miner, e);
            fail(reading, e);
        }
    }
}
