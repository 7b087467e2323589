package io.minerops.core.internal.health;

import io.minerops.api.HealthContributor;
import io.minerops.api.InvalidArgumentException;
import io.minerops.api.event.Event;
import io.minerops.api.internal.Check;
import io.minerops.api.internal.DaemonThreads;
import io.minerops.api.store.EventStore;
import io.minerops.core.health.Health;
import io.minerops.core.health.Health.ComponentHealth;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the components, at an interval and on request, and records when one fails and when it works again. Events that
 * cannot be stored at that moment, such as while the disk is full, are stored later. Thread-safe.
 *
 * <p>A request does not depend on the monitor's own thread: without it, the state is still current, and only the events
 * are missing.
 */
public final class HealthMonitor implements AutoCloseable {
    /** The source of its events. */
    public static final String SOURCE = "health";

    /** The time between two checks of its own. */
    public static final Duration INTERVAL = Duration.ofSeconds(5);

    /** How long a result is reused, so that many requests at a time cost one check. */
    static final Duration REUSED_FOR = Duration.ofSeconds(1);

    /** The events that wait to be stored, at most; the oldest give way. */
    static final int MAX_WAITING_EVENTS = 200;

    private static final Logger log = LoggerFactory.getLogger(HealthMonitor.class);
    private static final Pattern NAME = Pattern.compile("[a-z0-9._-]{1,64}");

    private final List<Component> components = new ArrayList<>();
    private final EventStore events;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final ScheduledThreadPoolExecutor executor;
    private final Deque<Event> waiting = new ArrayDeque<>();
    private final AtomicBoolean storeRequested = new AtomicBoolean();
    private @Nullable Health last;
    private long lastNanos;

    /**
     * A monitor of those components, not started yet.
     *
     * @param contributors the components, in the order of the report
     * @param events where changes are recorded
     * @param clock the time that is reported
     * @param nanoTime a clock that never steps back, ns
     * @param threads makes the monitor's thread; null for a daemon thread
     * @throws InvalidArgumentException ({@code health}) if a name is not one, or two components have the same
     */
    public HealthMonitor(
            List<? extends HealthContributor> contributors,
            EventStore events,
            InstantSource clock,
            LongSupplier nanoTime,
            @Nullable ThreadFactory threads) {
        this.events = events;
        this.clock = clock;
        this.nanoTime = nanoTime;
        Set<String> names = new HashSet<>();
        for (HealthContributor contributor : contributors) {
            Component component = new Component(contributor);
            requireName(component.name(), names);
            components.add(component);
        }
        executor =
                new ScheduledThreadPoolExecutor(1, threads == null ? DaemonThreads.named("minerops-health") : threads);
    }

    private static void requireName(String name, Set<String> names) {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidArgumentException(
                    "health", "a health component's name must match " + NAME.pattern() + ", not " + Check.quote(name));
        }
        if (!names.add(name)) {
            throw new InvalidArgumentException("health", "two health components are called " + Check.quote(name));
        }
    }

    /** Checks at {@link #INTERVAL} from now on. */
    public void start() {
        // check() reports failures itself and throws nothing, so the schedule goes on
        Future<?> unused =
                executor.scheduleWithFixedDelay(this::checkAndStore, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The state of every component, at most 1 s old. */
    public Health health() {
        Health health;
        boolean somethingWaits;
        synchronized (this) {
            health = last;
            if (health == null || nanoTime.getAsLong() - lastNanos >= REUSED_FOR.toNanos()) {
                health = check();
            }
            somethingWaits = !waiting.isEmpty();
        }
        if (somethingWaits) {
            storeSoon();
        }
        return health;
    }

    private Health check() {
        List<ComponentHealth> states = new ArrayList<>(components.size());
        for (Component component : components) {
            states.add(component.check(clock.instant(), nanoTime.getAsLong(), this::await));
        }
        Health health = new Health(states);
        last = health;
        lastNanos = nanoTime.getAsLong();
        return health;
    }

    private void await(Event event) {
        if (waiting.size() == MAX_WAITING_EVENTS) {
            waiting.removeFirst();
        }
        waiting.addLast(event);
    }

    private void checkAndStore() {
        synchronized (this) {
            // what throws here would end the schedule without a trace
            try {
                check();
            } catch (RuntimeException | Error e) {
                log.error("the health check failed", e);
            }
        }
        storeWaiting();
    }

    /** On the monitor's thread: a store that does not answer must not hold up a request for the state. */
    private void storeSoon() {
        if (storeRequested.compareAndSet(false, true)) {
            try {
                executor.execute(() -> {
                    storeRequested.set(false);
                    storeWaiting();
                });
            } catch (RejectedExecutionException e) {
                log.debug("closed: events that wait are not stored", e);
            }
        }
    }

    private void storeWaiting() {
        Event next;
        while ((next = takeWaiting()) != null) {
            try {
                events.record(next);
            } catch (RuntimeException | Error e) {
                log.debug("an event of the health monitor waits until it can be stored", e);
                putBack(next);
                return;
            }
        }
    }

    private synchronized @Nullable Event takeWaiting() {
        return waiting.pollFirst();
    }

    private synchronized void putBack(Event event) {
        if (waiting.size() < MAX_WAITING_EVENTS) {
            waiting.addFirst(event);
        }
    }

    /** Ends the checks at an interval; {@link #health()} goes on. */
    @Override
    public void close() {
        executor.shutdownNow();
    }
}
