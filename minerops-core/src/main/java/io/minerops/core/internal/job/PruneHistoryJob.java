package io.minerops.core.internal.job;

import io.minerops.api.event.Event;
import io.minerops.api.store.Store;
import io.minerops.core.job.Job;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
    private final Duration metricsRetention;
    private final Duration rollupRetention;
    private final Duration factRetention;
    private final Duration maxInterval;
    private final InstantSource clock;
    private Duration reported = Duration.ZERO;

    /**
     * A job over that store.
     *
     * @param metricsRetention how long samples, events, finished messages and silences that are over are kept
     * @param rollupRetention how long profitability snapshots and hourly means are kept
     * @param factRetention how long facts about miners are kept after their end
     * @param pollInterval how often polls are stored
     */
    public PruneHistoryJob(
            Store store,
            Duration metricsRetention,
            Duration rollupRetention,
            Duration factRetention,
            Duration pollInterval,
            InstantSource clock) {
        this.store = store;
        this.metricsRetention = metricsRetention;
        this.rollupRetention = rollupRetention;
        this.factRetention = factRetention;
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
        CoveredTime.of(store.metrics(), now, metricsRetention, maxInterval).ifPresent(covered -> {
            report(Duration.ofMillis(covered.uncounted()), now);
            prune(covered);
        });
    }

    private void prune(CoveredTime covered) {
        Instant before = covered.before(metricsRetention);
        int polls = store.metrics().prune(before);
        int events = store.events().prune(before);
        int messages = store.outbox().prune(before);
        int silences = store.silences().prune(before);
        int hours = store.metrics().pruneHourly(covered.before(rollupRetention));
        int snapshots = store.snapshots().prune(covered.before(rollupRetention));
        int facts = store.facts().prune(covered.before(factRetention));
        log.info(
                "pruned {} polls, {} hourly means, {} events, {} messages, {} silences, {} snapshots, {} facts",
                polls,
                hours,
                events,
                messages,
                silences,
                snapshots,
                facts);
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
