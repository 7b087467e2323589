package io.minerops.core.internal.buffer;

import io.minerops.api.HealthContributor;
import io.minerops.api.StaleFenceException;
import io.minerops.api.StoreException;
import io.minerops.api.event.Event;
import io.minerops.api.event.Event.Level;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Poll;
import io.minerops.api.store.HistoryQuery;
import io.minerops.api.store.HistorySource;
import io.minerops.api.store.MetricRollup;
import io.minerops.api.store.MetricStore;
import io.minerops.api.store.PollColumns;
import io.minerops.api.store.PollQuery;
import io.minerops.api.store.RollupQuery;
import io.minerops.api.store.Store;
import io.minerops.core.job.Job;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metrics of a store that can fail for a while, as when its disk is full or another program holds its lock. A poll that cannot
 * be stored waits in the heap; the next one is stored after it. Its samples are the latest at once, and are in the history of
 * samples; they are in roll-ups when they are stored. Thread-safe.
 */
final class BufferedMetrics implements MetricStore, HealthContributor {
    /** How often the oldest poll is tried while the store otherwise works; then it is dropped, so that it holds up no others. */
    static final int MAX_ATTEMPTS = 5;

    private static final Logger log = LoggerFactory.getLogger(BufferedMetrics.class);

    private final Store store;
    private final MetricStore stored;
    private final InstantSource clock;
    private final Consumer<Instant> whenStored;

    /** Held while a poll is stored. Readers never take it: they wait for no store that fails slowly. */
    private final Object storing = new Object();
    /** Guards itself and {@link #lastStored}, for short steps; taken within {@link #storing} or alone. */
    private final WaitingPolls waiting;

    private volatile @Nullable Failure failure;
    private @Nullable FleetSnapshot lastStored;
    private int attempts;

    /**
     * A failure that lasts.
     *
     * @param since when the first poll could not be stored
     * @param reason of the last attempt
     * @param polls how many wait
     * @param samples how many samples wait
     * @param dropped how many samples were dropped since
     */
    private record Failure(Instant since, String reason, int polls, int samples, long dropped) {}

    /**
     * Metrics of which nothing waits.
     *
     * @param maxSamples how many samples wait at most
     * @param whenStored called after a poll that waited was stored, with its time, before the next one is
     */
    BufferedMetrics(Store store, int maxSamples, InstantSource clock, Consumer<Instant> whenStored) {
        this.store = store;
        this.stored = store.metrics();
        this.clock = clock;
        this.whenStored = whenStored;
        waiting = new WaitingPolls(maxSamples);
    }

    @Override
    public void append(Poll poll) {
        synchronized (storing) {
            storeWaiting();
            if (failure != null || !stores(poll)) {
                synchronized (waiting) {
                    note(waiting.add(poll));
                }
            }
        }
    }

    private boolean stores(Poll poll) {
        try {
            stored.append(poll);
            return true;
        } catch (StaleFenceException e) {
            // another instance has polled these miners since
            throw e;
        } catch (StoreException e) {
            log.warn("the poll of {} waits in memory, as the store fails", poll.at(), e);
            failure = new Failure(poll.at(), String.valueOf(e.getMessage()), 0, 0, 0);
            return false;
        }
    }

    private void note(int dropped) {
        Failure known = failure;
        if (known != null) {
            failure =
                    new Failure(known.since, known.reason, waiting.count(), waiting.samples(), known.dropped + dropped);
        }
    }

    /** Stores what waits, oldest first, until the store fails again; a failure in which nothing waits any more has ended. */
    private void storeWaiting() {
        int polls = waiting.count();
        while (!waiting.isEmpty()) {
            Poll oldest = waiting.oldest();
            try {
                stored.append(oldest);
            } catch (StaleFenceException e) {
                // it waits for a run under a lease that holds
                throw e;
            } catch (StoreException e) {
                failed(e);
                return;
            }
            attempts = 0;
            synchronized (waiting) {
                waiting.removeOldest();
                note(0);
            }
            whenStored.accept(oldest.at());
        }
        works(polls);
    }

    private void failed(StoreException e) {
        Failure known = failure;
        if (known == null) {
            return;
        }
        failure = new Failure(known.since, String.valueOf(e.getMessage()), known.polls, known.samples, known.dropped);
        attempts = Outage.isOne(e, store) ? 0 : attempts + 1;
        if (attempts >= MAX_ATTEMPTS) {
            attempts = 0;
            Instant at = waiting.oldest().at();
            int dropped;
            synchronized (waiting) {
                dropped = waiting.removeOldest();
                note(dropped);
            }
            record(
                    Level.ERROR,
                    "the poll of " + at + " with " + dropped + " samples was dropped, as the store works"
                            + " and refuses it: " + e.getMessage());
        }
    }

    private void works(int polls) {
        Failure ended = failure;
        failure = null;
        if (ended != null) {
            record(
                    ended.dropped == 0 ? Level.INFO : Level.ERROR,
                    polls + " polls that waited since " + ended.since + " are stored; " + ended.dropped
                            + " samples were dropped");
        }
    }

    private void record(Level level, String message) {
        log.atLevel(level == Level.ERROR ? org.slf4j.event.Level.ERROR : org.slf4j.event.Level.INFO)
                .log(message);
        try {
            store.events().record(Event.of(clock.instant(), level, Job.POLL_METRICS.key(), null, message));
        } catch (StoreException e) {
            log.warn("an event was not stored: {}", e.getMessage());
        }
    }

    @Override
    public FleetSnapshot latest() {
        return failure == null ? stored.latest() : latestWithWaiting();
    }

    private FleetSnapshot latestWithWaiting() {
        FleetSnapshot base;
        try {
            base = stored.latest();
        } catch (StoreException e) {
            synchronized (waiting) {
                base = lastStored;
            }
            if (base == null) {
                throw e;
            }
            log.debug("the latest samples are those of before the failure and those that wait", e);
        }
        synchronized (waiting) {
            lastStored = base;
            return waiting.isEmpty() ? base : waiting.over(base);
        }
    }

    /** Stores what waits, once more, before the store is closed. */
    void close() {
        synchronized (storing) {
            storeWaiting();
            if (!waiting.isEmpty()) {
                log.error(
                        "{} polls with {} samples are lost: the store fails and the process ends",
                        waiting.count(),
                        waiting.samples());
            }
        }
    }

    @Override
    public String component() {
        return "poll-buffer";
    }

    @Override
    public Optional<String> fault() {
        return Optional.ofNullable(failure)
                .map(now -> now.polls + " polls (" + now.samples + " samples) wait to be stored since " + now.since
                        + ", " + now.dropped + " samples were dropped: " + now.reason);
    }

    @Override
    public void history(HistoryQuery query, BiConsumer<Instant, MetricSample> consumer) {
        List<Poll> later = failure == null || query.step() != null ? List.of() : waitingOf(query);
        if (later.isEmpty()) {
            stored.history(query, consumer);
            return;
        }
        Instant until = later.get(0).at();
        BoundedSamples samples = new BoundedSamples(query, consumer);
        if (query.since().isBefore(until)) {
            stored.history(new HistoryQuery(query.miner(), query.since(), until, null, query.limit()), samples::accept);
        }
        later.forEach(samples::accept);
    }

    /** The polls of a query that wait; they are later than all that are stored. */
    private List<Poll> waitingOf(HistoryQuery query) {
        synchronized (waiting) {
            return waiting.between(query.since(), query.until());
        }
    }

    @Override
    public void polls(PollQuery query, Predicate<PollColumns> consumer) {
        stored.polls(query, consumer);
    }

    @Override
    public HistorySource source(HistoryQuery query) {
        return stored.source(query);
    }

    @Override
    public void rollups(RollupQuery query, Predicate<MetricRollup> consumer) {
        stored.rollups(query, consumer);
    }

    @Override
    public void rollupColumns(RollupQuery query, Predicate<MetricRollup.Columns> consumer) {
        stored.rollupColumns(query, consumer);
    }

    @Override
    public int prune(Instant before) {
        return stored.prune(before);
    }

    @Override
    public int pruneHourly(Instant before) {
        return stored.pruneHourly(before);
    }

    @Override
    public int pruneDaily(Instant before) {
        return stored.pruneDaily(before);
    }
}
