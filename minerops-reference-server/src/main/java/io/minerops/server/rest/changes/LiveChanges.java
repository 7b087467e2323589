package io.minerops.server.rest.changes;

import io.minerops.core.alert.AlertTransition.Counts;
import io.minerops.core.job.AlertListener;
import io.minerops.core.job.AlertReport;
import io.minerops.core.job.Job;
import io.minerops.core.job.JobListener;
import io.minerops.core.job.JobStatus;
import io.minerops.server.http.EventStreams;
import io.minerops.server.http.JsonObject;
import io.minerops.server.http.Reply;
import io.minerops.server.http.Route;
import io.minerops.server.http.RouteHandler;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Notifies open pages of changes, so that they reload; the new data is only in responses to requests.
 * It hears of the jobs and of every request that changed something.
 */
public final class LiveChanges implements AlertListener, JobListener, AutoCloseable {
    private static final String POLL = "poll_done";
    private static final String ALERTS = "alerts_changed";
    private static final String PROFITABILITY = "profitability_saved";
    private static final String MINERS = "miners_changed";

    private final EventStreams streams;
    private final InstantSource clock;

    /**
     * Starts without listeners.
     *
     * @param streams the streams to those who listen; closed with this
     * @param clock the time of events
     */
    public LiveChanges(EventStreams streams, InstantSource clock) {
        this.streams = streams;
        this.clock = clock;
    }

    /** The route of the stream. */
    public Route route() {
        return Route.get("/api/events/stream", streams::reply);
    }

    /** These routes; a request that changes something is reported once it has succeeded. */
    public List<Route> watching(List<Route> routes) {
        return routes.stream().map(this::watching).toList();
    }

    @Override
    public void checked(AlertReport report) {
        if (!report.transitions().equals(Counts.NONE)) {
            announce(ALERTS, report.at());
        }
    }

    @Override
    public void finished(JobStatus job) {
        if (job.lastError() != null) {
            return;
        }
        if (job.name().equals(Job.POLL_METRICS.key())) {
            announce(POLL, clock.instant());
        } else if (job.name().equals(Job.CALCULATE_PROFITABILITY.key())) {
            announce(PROFITABILITY, clock.instant());
        }
    }

    /** Whether any page listens. */
    boolean isHeard() {
        return streams.size() > 0;
    }

    /** Reports what was stored by any instance. */
    void stored(boolean alerts, boolean samples, boolean miners, boolean profitability) {
        Instant now = clock.instant();
        if (alerts) {
            announce(ALERTS, now);
        }
        if (samples) {
            announce(POLL, now);
        }
        if (miners) {
            announce(MINERS, now);
        }
        if (profitability) {
            announce(PROFITABILITY, now);
        }
    }

    @Override
    public void close() {
        streams.close();
    }

    private Route watching(Route route) {
        String event = event(route.effect());
        if (event == null) {
            return route;
        }
        RouteHandler handler = route.handler();
        return route.answeredBy(request -> {
            Reply reply = handler.answer(request);
            announce(event, clock.instant());
            return reply;
        });
    }

    /** The event of a route's effect; null where no page shows what it changes. */
    private static @Nullable String event(Route.Effect effect) {
        return switch (effect) {
            case ALERTS -> ALERTS;
            case MINERS -> MINERS;
            case PROFITABILITY -> PROFITABILITY;
            case NONE, OTHER -> null;
        };
    }

    private void announce(String event, Instant at) {
        streams.publish(event, JsonObject.object().time("at", at).json());
    }
}
