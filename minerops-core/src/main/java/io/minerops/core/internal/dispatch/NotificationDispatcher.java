package io.minerops.core.internal.dispatch;

import io.minerops.api.event.Event;
import io.minerops.api.notify.Delivery;
import io.minerops.api.notify.Notification;
import io.minerops.api.notify.Notifier;
import io.minerops.api.store.EventStore;
import io.minerops.api.store.OutboxStore;
import io.minerops.api.store.OutboxStore.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what is due: at least once, each message under a key that stays the same over its retries. An attempt is
 * stored before it is made, by one of the instances that share a store; one that a crash cut short is made again after
 * twice {@link #ATTEMPT_TIMEOUT}, by any of them. An instance that was suspended after it stored that an attempt begins
 * does not make it. The outcome of an attempt that could not be stored is stored by a later run.
 *
 * <p>Destinations do not wait for each other: {@link #dispatchDue()} starts attempts and does not wait for their ends,
 * of which at most {@value AttemptsUnderWay#MAX_IN_TOTAL} are under way at a time. A group that cannot be composed is
 * sent again as single messages; a single message that cannot be composed has failed. Both are stored as events, as is
 * every message that is given up.
 */
public final class NotificationDispatcher implements AutoCloseable {
    /** How long one attempt may take before it counts as lost. */
    public static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(30);

    /** The source of its events. */
    public static final String EVENT_SOURCE = "notifications";

    /** The maximum of outbox rows read at once. */
    private static final int BATCH = 2_000;

    /** When a message to a busy destination is looked at again. */
    private static final Duration POSTPONED = Duration.ofSeconds(5);

    /** How long closing waits for attempts under way. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(1_500);

    private static final Logger log = LoggerFactory.getLogger(NotificationDispatcher.class);

    private final OutboxStore outbox;
    private final EventStore events;
    private final NotificationChannels channels;
    private final AttemptOutcomes outcomes;
    private final InstantSource clock;
    private final Runnable afterAttempt;
    private final AttemptsUnderWay underWay = new AttemptsUnderWay();
    private final Queue<Runnable> unstored = new ConcurrentLinkedQueue<>();

    /** A dispatcher over these channels, as they are when an attempt begins. */
    public NotificationDispatcher(
            OutboxStore outbox,
            EventStore events,
            NotificationChannels channels,
            RetrySchedule schedule,
            InstantSource clock) {
        this(outbox, events, channels, schedule, clock, () -> {});
    }

    /**
     * A dispatcher over these channels, as they are when an attempt begins.
     *
     * @param afterAttempt run at the end of each attempt, when messages that waited for it may be due; it must not block
     */
    public NotificationDispatcher(
            OutboxStore outbox,
            EventStore events,
            NotificationChannels channels,
            RetrySchedule schedule,
            InstantSource clock,
            Runnable afterAttempt) {
        this.outbox = outbox;
        this.events = events;
        this.channels = channels;
        this.clock = clock;
        this.afterAttempt = afterAttempt;
        outcomes = new AttemptOutcomes(schedule);
    }

    /**
     * Starts an attempt for everything that is due, as far as the limits allow, and does not wait for the ends.
     *
     * @return how many messages were started
     * @throws RuntimeException what keeps the outcome of an earlier attempt from being stored
     */
    public int dispatchDue() {
        for (Runnable outcome = unstored.peek(); outcome != null; outcome = unstored.peek()) {
            outcome.run();
            unstored.remove(outcome);
        }
        int started;
        boolean postponed;
        do {
            Instant now = clock.instant();
            List<MessageGroup> admitted = new ArrayList<>();
            List<MessageGroup> busy = new ArrayList<>();
            for (MessageGroup group : MessageGroup.of(outbox.due(now, BATCH))) {
                switch (underWay.begin(group.destination())) {
                    case ADMITTED -> admitted.add(group);
                    case DESTINATION_BUSY -> busy.add(group);
                    case FULL -> {
                        // stays due, for the run that follows the end of an attempt
                    }
                }
            }
            if (!admitted.isEmpty()) {
                start(admitted, now);
            }
            if (!busy.isEmpty()) {
                // out of the way: they would fill the batches that other destinations wait in
                outbox.finish(busy.stream()
                        .flatMap(group -> group.entries().stream())
                        .map(entry -> AttemptOutcomes.postponed(entry, now.plus(POSTPONED)))
                        .toList());
            }
            started = admitted.size();
            postponed = !busy.isEmpty();
        } while (started == 0 && postponed);
        return started;
    }

    /** Waits a moment for the attempts under way, so that their outcomes are stored before the store is closed. */
    @Override
    public void close() {
        try {
            if (!underWay.awaitNone(CLOSE_TIMEOUT)) {
                log.info("attempts to deliver messages are still under way and will be made again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void start(List<MessageGroup> groups, Instant now) {
        Set<Long> begun;
        try {
            begun = outbox.begin(attempts(groups, 0, now.plus(ATTEMPT_TIMEOUT.multipliedBy(2))));
        } catch (RuntimeException e) {
            groups.forEach(this::leave);
            throw e;
        }
        for (MessageGroup group : groups) {
            MessageGroup own = group.only(begun);
            if (own.entries().isEmpty()) {
                // another instance has begun them
                leave(group);
            } else if (clock.instant().isAfter(now.plus(ATTEMPT_TIMEOUT))) {
                log.warn("message {} is left to a later attempt: this process was suspended before it", own.key());
                leave(own);
            } else {
                start(own, now);
            }
        }
    }

    private void leave(MessageGroup group) {
        underWay.ended(group.destination(), Duration.ZERO);
    }

    private void start(MessageGroup group, Instant begun) {
        NotificationChannels.Use use = channels.use();
        CompletableFuture<?> unused = attempt(use, group).handle((delivery, impossible) -> {
            try {
                // each end is stored as it comes: a service that hangs does not undo what others have accepted
                ended(group, Objects.requireNonNull(delivery));
            } finally {
                use.close();
                underWay.ended(group.destination(), Duration.between(begun, clock.instant()));
                afterAttempt.run();
            }
            return delivery;
        });
    }

    /** Tries once; the stage never fails. */
    private static CompletableFuture<Delivery> attempt(NotificationChannels.Use use, MessageGroup group) {
        String channel = group.destination().channel();
        Notifier notifier = use.notifier(channel);
        if (notifier == null) {
            return CompletableFuture.completedFuture(
                    new Delivery.RetryAfter(null, "no notifier is set up for channel " + channel));
        }
        Notification notification;
        try {
            notification = group.notification();
        } catch (RuntimeException e) {
            log.error("message {} could not be composed", group.key(), e);
            return CompletableFuture.completedFuture(Delivery.NotComposed.because(e));
        }
        CompletableFuture<Delivery> delivery;
        try {
            delivery = notifier.deliver(notification).toCompletableFuture().copy();
        } catch (RuntimeException | Error e) {
            delivery = CompletableFuture.failedFuture(e);
        }
        return delivery.orTimeout(ATTEMPT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .handle((given, failure) -> given != null ? given : lost(group, channel, failure));
    }

    /** A notifier fails for reasons of its own only; what fails for many may succeed for each. */
    private static Delivery lost(MessageGroup group, String channel, @Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        log.warn("the {} notifier failed", channel, cause);
        String why = cause == null ? "no outcome" : cause.getClass().getSimpleName();
        String reason = "the " + channel + " notifier failed: " + why;
        boolean late = cause instanceof TimeoutException;
        return group.entries().size() > 1 && !late
                ? new Delivery.NotComposed(reason)
                : new Delivery.RetryAfter(null, reason);
    }

    private void ended(MessageGroup group, Delivery delivery) {
        Instant now = clock.instant();
        log.info("message {} to {}: {}", group.key(), group.destination(), delivery);
        try {
            store(group, delivery, now);
        } catch (RuntimeException e) {
            log.error("the outcome of message {} could not be stored; a later run stores it", group.key(), e);
            unstored.add(() -> store(group, delivery, now));
        }
        outcomes.report(group, delivery, now).ifPresent(this::record);
    }

    private void store(MessageGroup group, Delivery delivery, Instant at) {
        boolean apart =
                delivery instanceof Delivery.NotComposed && group.entries().size() > 1;
        if (apart) {
            // each under a key of its own and due at once
            Set<Long> unused = outbox.begin(attempts(group.singles(), 1, at));
        } else {
            outbox.finish(group.entries().stream()
                    .map(entry -> outcomes.of(entry, delivery, at))
                    .toList());
        }
    }

    private void record(Event event) {
        try {
            events.record(event);
        } catch (RuntimeException e) {
            log.error("an event could not be stored: {}", event.message(), e);
        }
    }

    /**
     * The attempts of groups.
     *
     * @param begun how many attempts of each entry have begun since it was read
     */
    private static List<Attempt> attempts(List<MessageGroup> groups, int begun, Instant retryAt) {
        return groups.stream()
                .flatMap(group -> group.entries().stream()
                        .map(entry -> new Attempt(entry.id(), entry.attempts() + begun, group.key(), retryAt)))
                .toList();
    }
}
