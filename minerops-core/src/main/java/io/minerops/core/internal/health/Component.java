package io.minerops.core.internal.health;

import io.minerops.api.HealthContributor;
import io.minerops.api.event.Event;
import io.minerops.core.health.Health.ComponentHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One contributor and its last known state. Not thread-safe. */
final class Component {
    /**
     * The events of one component in an hour, at most; later changes in that hour are counted in its next event. A
     * component that keeps changing must not displace other events.
     */
    static final int MAX_EVENTS_PER_HOUR = 12;

    private static final Logger log = LoggerFactory.getLogger(Component.class);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int MAX_ERROR_LENGTH = 1_000;

    private final HealthContributor contributor;
    private final String name;
    private @Nullable ComponentHealth last;
    private long hourBegan;
    private int eventsThisHour;
    private int changesWithoutEvent;

    Component(HealthContributor contributor) {
        this.contributor = contributor;
        this.name = contributor.component();
    }

    String name() {
        return name;
    }

    /** Checks the contributor; where its state has changed, the event to record is passed on. */
    ComponentHealth check(Instant now, long nanoTime, EventSink events) {
        String error = error();
        ComponentHealth before = last;
        boolean changed = before == null ? error != null : before.ok() != (error == null);
        ComponentHealth current = new ComponentHealth(
                name, error, before == null || changed ? now : before.since(), error == null ? detail() : null);
        last = current;
        if (changed) {
            Event event = error == null ? recovered(now, before) : failed(now, error);
            countOrRecord(event, nanoTime, events);
        }
        return current;
    }

    private @Nullable String error() {
        try {
            Optional<String> fault = contributor.fault();
            return fault.map(Component::cut).orElse(null);
        } catch (RuntimeException | Error e) {
            log.warn("the health check of {} failed", name, e);
            return cut("its health check failed: " + e);
        }
    }

    private @Nullable String detail() {
        try {
            return contributor.detail().map(Component::cut).orElse(null);
        } catch (RuntimeException | Error e) {
            log.warn("{} did not give the detail of its health", name, e);
            return null;
        }
    }

    private static String cut(String text) {
        return text.length() <= MAX_ERROR_LENGTH ? text : text.substring(0, MAX_ERROR_LENGTH - 1) + "…";
    }

    private Event failed(Instant now, String error) {
        log.error("not ready: {}: {}", name, error);
        return Event.of(now, Event.Level.ERROR, HealthMonitor.SOURCE, null, "not ready: " + name + ": " + error);
    }

    private Event recovered(Instant now, @Nullable ComponentHealth before) {
        String why = before == null || before.error() == null
                ? ""
                : "; it had failed since " + before.since() + ": " + before.error();
        log.info("{} works again{}", name, why);
        return Event.of(now, Event.Level.INFO, HealthMonitor.SOURCE, null, name + " works again" + why);
    }

    private void countOrRecord(Event event, long nanoTime, EventSink events) {
        if (eventsThisHour == 0 || nanoTime - hourBegan >= HOUR.toNanos()) {
            hourBegan = nanoTime;
            eventsThisHour = 0;
        }
        if (eventsThisHour >= MAX_EVENTS_PER_HOUR) {
            changesWithoutEvent++;
            return;
        }
        eventsThisHour++;
        if (changesWithoutEvent > 0) {
            String message =
                    event.message() + " (and " + changesWithoutEvent + " changes before, without an event each)";
            changesWithoutEvent = 0;
            events.accept(Event.of(event.at(), event.level(), event.source(), null, message));
        } else {
            events.accept(event);
        }
    }

    /** Takes events that are to be recorded. */
    interface EventSink {
        void accept(Event event);
    }
}
