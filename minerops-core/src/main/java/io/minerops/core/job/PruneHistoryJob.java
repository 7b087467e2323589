package io.minerops.core.job;

import io.minerops.api.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Deletes what is older than it needs to be. Alerts are kept. */
public final class PruneHistoryJob implements Job {
    /** The job's name. */
    public static final String NAME = "prune-history";

    private static final Logger log = LoggerFactory.getLogger(PruneHistoryJob.class);

    private final Store store;
    private final Duration metricsRetention;
    private final Duration rollupRetention;
    private final InstantSource clock;

    /**
     * A job over that store.
     *
     * @param metricsRetention how long samples, events, finished messages and silences that are over are kept
     * @param rollupRetention how long profitability snapshots are kept
     */
    public PruneHistoryJob(Store store, Duration metricsRetention, Duration rollupRetention, InstantSource clock) {
        this.store = store;
        this.metricsRetention = metricsRetention;
        this.rollupRetention = rollupRetention;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run() {
        Instant now = clock.instant();
        int polls = store.metrics().prune(now.minus(metricsRetention));
        int events = store.events().prune(now.minus(metricsRetention));
        int messages = store.outbox().prune(now.minus(metricsRetention));
        int silences = store.silences().prune(now.minus(metricsRetention));
        int snapshots = store.snapshots().prune(now.minus(rollupRetention));
        log.atLevel(polls + events + messages + silences + snapshots == 0 ? Level.DEBUG : Level.INFO)
                .log(
                        "pruned {} polls, {} events, {} messages, {} silences, {} snapshots",
                        polls,
                        events,
                        messages,
                        silences,
                        snapshots);
    }
}
