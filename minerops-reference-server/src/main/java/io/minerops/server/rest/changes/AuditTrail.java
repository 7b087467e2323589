package io.minerops.server.rest.changes;

import io.minerops.api.StoreException;
import io.minerops.api.event.Event;
import io.minerops.api.store.EventStore;
import io.minerops.server.http.gateway.ChangeListener;
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

    /** The most refused tokens that are stored one by one in an hour. */
    static final int TOKENS_PER_HOUR = 30;

    /** The most of them from one client, so that one does not hide another. */
    static final int TOKENS_PER_CLIENT = 3;

    private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);
    private static final int MAX_PATH = 300;

    private final EventStore events;
    private final InstantSource clock;
    private final HourQuota refused = new HourQuota(REFUSED_PER_HOUR, REFUSED_PER_HOUR);
    private final HourQuota tokens = new HourQuota(TOKENS_PER_HOUR, TOKENS_PER_CLIENT);

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
        HourQuota.Verdict verdict = refused.count(now, change.from());
        if (verdict.leftBefore() > 0) {
            store(
                    now,
                    Event.Level.WARNING,
                    verdict.leftBefore() + " more changes were refused before, and not kept one by one");
        }
        if (verdict.store()) {
            boolean suspicious = change.status() == 401 || change.status() == 403 || change.status() >= 500;
            store(now, suspicious ? Event.Level.WARNING : Event.Level.INFO, sentence(change));
        }
    }

    @Override
    public void refusedToken(Change request) {
        Instant now = clock.instant();
        HourQuota.Verdict verdict = tokens.count(now, request.from());
        if (verdict.leftBefore() > 0) {
            store(now, Event.Level.WARNING, verdict.leftBefore() + " more invalid tokens were refused before");
        }
        if (verdict.store()) {
            store(now, Event.Level.WARNING, "invalid token: " + sentence(request));
        }
    }

    private static String sentence(Change change) {
        String who = change.who() == null ? "anonymous" : change.who();
        // as it was sent, so with whatever a stranger writes
        String path = change.path().replaceAll("[^\\x21-\\x7e]", "?");
        return who + (change.session() ? " (session)" : "") + " from " + change.from() + ": " + change.method() + " "
                + (path.length() <= MAX_PATH ? path : path.substring(0, MAX_PATH) + "…") + ", answered "
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
