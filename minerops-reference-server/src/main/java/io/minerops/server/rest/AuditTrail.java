package io.minerops.server.rest;

import io.minerops.api.Event;
import io.minerops.api.EventStore;
import io.minerops.api.StoreException;
import io.minerops.server.http.ChangeListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps who changed what, and who tried, as events. A change that was made is always kept; of those that were refused, so
 * many in an hour that they cannot push all else out of the store, and the number of the rest.
 */
public final class AuditTrail implements ChangeListener {
    /** The source of its events. */
    static final String SOURCE = "access";

    /** The most refused changes that are kept one by one in an hour: a month of them is less than half of the store. */
    static final int REFUSED_PER_HOUR = 60;

    private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int LONGEST_PATH = 300;

    private final EventStore events;
    private final InstantSource clock;
    private Instant hourEnds = Instant.EPOCH;
    private int refused;

    /** A trail in that store. */
    public AuditTrail(EventStore events, InstantSource clock) {
        this.events = events;
        this.clock = clock;
    }

    @Override
    public void answered(Change change) {
        Instant now = clock.instant();
        if (change.status() < 400) {
            store(now, Event.Level.INFO, sentence(change));
            return;
        }
        int left;
        boolean kept;
        synchronized (this) {
            left = 0;
            // a clock that was set back begins another hour, too
            if (!now.isBefore(hourEnds) || now.isBefore(hourEnds.minus(HOUR))) {
                left = Math.max(0, refused - REFUSED_PER_HOUR);
                hourEnds = now.plus(HOUR);
                refused = 0;
            }
            kept = refused++ < REFUSED_PER_HOUR;
        }
        if (left > 0) {
            store(now, Event.Level.WARNING, left + " more changes were refused before, and not kept one by one");
        }
        if (kept) {
            boolean suspicious = change.status() == 401 || change.status() == 403 || change.status() >= 500;
            store(now, suspicious ? Event.Level.WARNING : Event.Level.INFO, sentence(change));
        }
    }

    private static String sentence(Change change) {
        String who = change.who() == null ? "anonymous" : change.who();
        // as it was sent, so with whatever a stranger writes
        String path = change.path().replaceAll("[^\\x21-\\x7e]", "?");
        return who + (change.session() ? " (session)" : "") + " from " + change.from() + ": " + change.method() + " "
                + (path.length() <= LONGEST_PATH ? path : path.substring(0, LONGEST_PATH) + "…") + ", answered "
                + change.status();
    }

    private void store(Instant at, Event.Level level, String sentence) {
        try {
            events.record(Event.of(at, level, SOURCE, null, sentence));
        } catch (StoreException e) {
            LOG.error("not stored as an event: {}", sentence, e);
        }
    }
}
