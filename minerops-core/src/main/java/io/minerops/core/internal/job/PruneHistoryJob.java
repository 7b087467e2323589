package io.minerops.core.internal.job;

import io.minerops.api.event.Event;
import io.minerops.api.store.Store;
import io.minerops.core.job.Job;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what is older than it needs to be. Alerts are kept. Age is counted by the stored polls and not by the clock: an
 * interval without polls counts little, so that neither a clock that jumps ahead nor a long stop deletes history. Where
 * no poll is stored, nothing is deleted.
 */
public final class PruneHistoryJob implements JobTask {
    /** What an interval between two polls counts at most, for poll intervals that are short. */
    static final Duration MIN_COUNTED_INTERVAL = Duration.ofHours(1);

    /** The same for long poll intervals, in poll intervals. */
    private static final int COUNTED_POLL_INTERVALS = 3;

    /** Gaps that are reported: shorter ones are usual, such as a restart. */
    private static final Duration REPORTED_GAP = Duration.ofDays(1);

    private static final Logger log = LoggerFactory.getLogger(PruneHistoryJob.class);

    private final Store store;
    private final Retention retention;
    private final Duration maxInterval;
    private final InstantSource clock;
    private Duration reported = Duration.ZERO;

    /**
     * How long what is kept.
     *
     * @param metrics samples, events, finished messages and silences that are over
     * @param rollups profitability snapshots and roll-ups of hours
     * @param facts facts about miners, after their end
     * @param daily roll-ups of days; null for ever
     */
    public record Retention(
            Duration metrics,
            Duration rollups,
            Duration facts,
            @Nullable Duration daily) {}

    /**
     * A job over that store.
     *
     * @param pollInterval how often polls are stored
     */
    public PruneHistoryJob(Store store, Retention retention, Duration pollInterval, InstantSource clock) {
        this.store = store;
        this.retention = retention;
        Duration some = pollInterval.multipliedBy(COUNTED_POLL_INTERVALS);
        maxInterval = some.compareTo(MIN_COUNTED_INTERVAL) < 0 ? MIN_COUNTED_INTERVAL : some;
        this.clock = clock;
    }

    @Override
    public String name() {
        return Job.PRUNE_HISTORY.key();
    }

    @Override
    public void run() {
        Instant now = clock.instant();
        CoveredTime.of(store.metrics(), now, retention.metrics, maxInterval).ifPresent(covered -> {
            report(Duration.ofMillis(covered.uncounted()), now);
            prune(covered);
        });
    }

    private void prune(CoveredTime covered) {
        Instant before = covered.before(retention.metrics);
        int polls = store.metrics().prune(before);
        int events = store.events().prune(before);
        int messages = store.outbox().prune(before);
        int silences = store.silences().prune(before);
        int hours = store.metrics().pruneHourly(covered.before(retention.rollups));
        Duration daily = retention.daily;
        int days = daily == null ? 0 : store.metrics().pruneDaily(covered.before(daily));
        int snapshots = store.snapshots().prune(covered.before(retention.rollups));
        int boards = store.boards().prune(before);
        int facts = store.facts().prune(covered.before(retention.facts));
        log.info(
                "pruned {} polls, {} hours and {} days of roll-ups, {} events, {} messages, {} silences, {} snapshots,"
                        + " {} facts, {} boards",
                polls,
                hours,
                days,
                events,
                messages,
                silences,
                snapshots,
                facts,
                boards);
    }

    /** One event for each change of the gaps, not one for each run. */
    private void report(Duration gaps, Instant now) {
        boolean changed = gaps.minus(reported).abs().compareTo(REPORTED_GAP) >= 0;
        if (changed && gaps.compareTo(REPORTED_GAP) >= 0) {
            String message =
                    "history is kept " + gaps.toDays() + " days longer than usual: no polls were stored for that"
                            + " long, because the clock jumped ahead or nothing polled; check the clock";
            log.warn("{}", message);
            store.events().record(Event.of(now, Event.Level.WARNING, Job.PRUNE_HISTORY.key(), null, message));
        }
        if (changed) {
            reported = gaps;
        }
    }
}
