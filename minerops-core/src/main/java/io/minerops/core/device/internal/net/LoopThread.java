package io.minerops.core.device.internal.net;

import io.minerops.api.miner.MinerReading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Selector;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that reads, for as long as the client is open. Whatever ends a loop, its readings end as not read, and
 * another loop with a selector of its own takes over; where there is none to be had, it is tried again until there is.
 */
public final class LoopThread implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(LoopThread.class);
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int MAX_DOUBLINGS = 6;

    /** Gives selectors. */
    @FunctionalInterface
    public interface Selectors {
        Selector open() throws IOException;
    }

    private final Selectors selectors;
    private final LoopParts parts;
    private final FaultLog faults = new FaultLog(log, System::nanoTime);
    private final LoopTasks tasks = new LoopTasks();
    private final Scratch scratch = new Scratch();
    private @Nullable Selector first;
    private volatile @Nullable Throwable fault;
    private int faultsInARow;
    private volatile boolean closed;

    /**
     * @throws UncheckedIOException if the system gives no selector
     */
    public LoopThread(Selectors selectors, LoopParts parts) {
        this.selectors = selectors;
        this.parts = parts;
        LocalShortage.prepare();
        try {
            first = selectors.open();
        } catch (IOException e) {
            throw new UncheckedIOException("no selector can be opened: " + Exchange.reason(e), e);
        }
    }

    /** Takes a reading on, from any thread; false where the client is closed. */
    public boolean submit(PendingReading reading) {
        return tasks.submit(reading);
    }

    /** Makes the loop look again, from any thread. */
    void wakeUp() {
        tasks.wakeUp();
    }

    /** Why nothing is read now; empty while readings go on. */
    public Optional<String> fault() {
        Throwable cause = fault;
        return cause == null
                ? Optional.empty()
                : Optional.of("reading miners fails and is tried again: " + describe(cause));
    }

    /** Ends the loop, from any thread; readings under way fail. */
    public void close() {
        closed = true;
        tasks.wakeUp();
    }

    @Override
    public void run() {
        while (!closed) {
            try {
                recover();
                loop();
            } catch (IOException | RuntimeException | Error e) {
                faultsInARow++;
                // whatever it is: this thread is the only one that reads
                fault = e;
            }
        }
        for (PendingReading reading : tasks.end()) {
            letGo(reading);
            reading.result.completeExceptionally(new CancellationException("the client was closed"));
            tasks.ended(reading);
        }
    }

    private void loop() throws IOException {
        Selector selector = first != null ? first : selectors.open();
        first = null;
        try (ExchangeLoop loop = new ExchangeLoop(selector, scratch, parts, tasks, faults)) {
            tasks.begin(selector);
            while (!closed) {
                loop.turn();
                if (faultsInARow > 0) {
                    faultsInARow = 0;
                    fault = null;
                }
            }
        }
    }

    /** Ends the readings of a loop that failed, after a pause that grows while loops fail one after the other. */
    private void recover() {
        Throwable cause = fault;
        if (cause == null) {
            return;
        }
        faults.fault("reading miners failed and is started again", cause);
        String reason = "reading miners failed and was started again: " + describe(cause);
        for (PendingReading reading : tasks.abandon()) {
            letGo(reading);
            reading.result.complete(new MinerReading.NotRead(reading.miner, reason));
            tasks.ended(reading);
        }
        LockSupport.parkNanos(this, FIRST_PAUSE_NANOS << Math.min(faultsInARow, MAX_DOUBLINGS));
    }

    private void letGo(PendingReading reading) {
        Exchange exchange = reading.exchange;
        if (exchange != null) {
            reading.exchange = null;
            exchange.close();
        }
        reading.forgetReplies(parts.memory());
        if (reading.heard != null) {
            reading.heard.release();
        }
    }

    private static String describe(Throwable cause) {
        return cause instanceof IOException io
                ? Exchange.reason(io)
                : cause.getClass().getSimpleName();
    }
}
