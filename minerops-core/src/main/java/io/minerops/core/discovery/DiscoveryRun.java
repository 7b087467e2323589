package io.minerops.core.discovery;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerClient;
import io.minerops.api.miner.MinerReading;
import io.minerops.core.device.internal.net.RateLimiter;
import io.minerops.core.discovery.ScanState.Attempt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One discovery, from its start to its report. Thread-safe. */
public final class DiscoveryRun {
    private static final Logger log = LoggerFactory.getLogger(DiscoveryRun.class);

    /** Minimum time between progress reports. */
    private static final long REPORT_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** How long to wait for an attempt that is under way before looking at the time again. */
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final MinerClient client;
    private final Ticker ticker;
    private final ScanState survey;
    private final RateLimiter pace;
    private final ListenerFeed feed;
    private final BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();
    private final Map<MinerAddress, CompletableFuture<MinerReading>> underWay = new HashMap<>();
    private final CompletableFuture<DiscoveryReport> report = new CompletableFuture<>();
    private final List<DiscoveredMiner> found = new ArrayList<>();

    private final long startedNanos;
    private final LongSupplier connections;
    private final long connectionsBefore;
    private long booked;
    private long reportedNanos;
    private volatile DiscoveryProgress progress;
    private volatile boolean cancelled;

    /** How an attempt ended; without an attempt it only wakes the run up. */
    private record Ended(
            @Nullable Attempt attempt, @Nullable MinerReading reading) {}

    DiscoveryRun(
            List<MinerAddress> addresses,
            MinerClient client,
            DiscoverySettings settings,
            Ticker ticker,
            LongSupplier connections,
            DiscoveryListener listener) {
        this.client = client;
        this.ticker = ticker;
        survey = new ScanState(addresses, settings);
        startedNanos = ticker.nanos();
        reportedNanos = startedNanos - REPORT_EVERY_NANOS;
        pace = RateLimiter.perSecond(settings.connectionsPerSecond(), startedNanos);
        this.connections = connections;
        connectionsBefore = connections.getAsLong();
        feed = new ListenerFeed(listener);
        progress = survey.progress(Duration.ZERO);
    }

    /** How far it is now. */
    public DiscoveryProgress progress() {
        return progress;
    }

    /** The miners found so far, in the order of their answers. */
    public List<DiscoveredMiner> found() {
        synchronized (found) {
            return List.copyOf(found);
        }
    }

    /**
     * What it comes to; completes when it is over, by itself or cancelled, on a thread of the discovery. It fails only
     * where the client was closed, with a {@link CancellationException}, or by a fault of the discovery itself.
     */
    public CompletionStage<DiscoveryReport> report() {
        return report.copy();
    }

    /** Whether it is over. */
    public boolean isOver() {
        return report.isDone();
    }

    /** Cancels it: no more addresses are queried, and the report comes at once. Does nothing after the end. */
    public void cancel() {
        cancelled = true;
        ended.add(new Ended(null, null));
    }

    /** Ends it before it has begun. */
    void fail(RuntimeException fault) {
        report.completeExceptionally(fault);
    }

    /** Queries all addresses; returns with the report. */
    void run() {
        try {
            feed.start();
            drive();
            announce(true);
            // cancelling after all were queried has no effect
            DiscoveryReport result = survey.report(elapsed(), !survey.isDone());
            log.info("{}", result);
            feed.finished(result);
            report.complete(result);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            report.completeExceptionally(new CancellationException("the discovery was interrupted"));
        } catch (RuntimeException | Error e) {
            report.completeExceptionally(e);
        } finally {
            // what waits in the client's queue is not needed any more
            underWay.values().forEach(reading -> reading.cancel(false));
            feed.close();
        }
    }

    private void drive() throws InterruptedException {
        announce(true);
        while (!cancelled && !survey.isDone()) {
            long wait = begin();
            Ended first = ticker.next(ended, wait);
            for (Ended one = first; one != null; one = ended.poll()) {
                take(one);
            }
            announce(false);
        }
    }

    /** Begins what may begin now; says how long until more may. */
    private long begin() {
        bookFurtherConnections();
        while (survey.hasNext()) {
            long now = ticker.nanos();
            long wait = pace.waitNanos(now);
            if (wait > 0) {
                return wait;
            }
            pace.started(now);
            booked++;
            ticker.started();
            exchange(survey.next());
        }
        return IDLE_NANOS;
    }

    /** A device may be queried on several endpoints: the connections beside the first of each attempt count too. */
    private void bookFurtherConnections() {
        long begun = connections.getAsLong() - connectionsBefore;
        for (long now = ticker.nanos(); booked < begun; booked++) {
            pace.started(now);
        }
    }

    private void exchange(Attempt attempt) {
        CompletableFuture<MinerReading> reading;
        try {
            reading = client.read(attempt.address(), attempt.deadline()).toCompletableFuture();
        } catch (RuntimeException | Error e) {
            reading = CompletableFuture.failedFuture(e);
        }
        underWay.put(attempt.address(), reading);
        CompletableFuture<MinerReading> unused = reading.whenComplete((outcome, fault) -> {
            if (fault != null && !(fault instanceof CancellationException)) {
                log.warn("{} could not be queried", attempt.address(), fault);
            }
            ended.add(new Ended(attempt, outcome));
        });
    }

    private void take(Ended end) {
        Attempt attempt = end.attempt();
        if (attempt == null) {
            return;
        }
        CompletableFuture<MinerReading> reading = underWay.remove(attempt.address());
        if (reading != null && reading.isCancelled()) {
            throw new CancellationException("the client was closed during the query");
        }
        DiscoveredMiner miner = survey.take(attempt, end.reading());
        if (miner != null) {
            synchronized (found) {
                found.add(miner);
            }
            feed.found(miner);
        }
    }

    private void announce(boolean atOnce) {
        long now = ticker.nanos();
        if (atOnce || survey.isDone() || now - reportedNanos >= REPORT_EVERY_NANOS) {
            reportedNanos = now;
            progress = survey.progress(elapsed());
            feed.progress(progress);
        }
    }

    private Duration elapsed() {
        return Duration.ofNanos(ticker.nanos() - startedNanos);
    }
}
