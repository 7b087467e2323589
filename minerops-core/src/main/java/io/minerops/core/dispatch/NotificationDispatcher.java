package io.minerops.core.dispatch;

import io.minerops.api.alert.Delivery;
import io.minerops.api.alert.Notifier;
import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.alert.OutboxStore;
import io.minerops.api.alert.OutboxStore.Attempt;
import io.minerops.api.alert.OutboxStore.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what is due: at least once, each message under a key that stays the same over its retries. An attempt is
 * written down before it is made; what a crash cuts short is made again after {@link #ATTEMPT_TIMEOUT}.
 */
public final class NotificationDispatcher {
    /** How long one attempt may take before it counts as lost. */
    public static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(30);

    /** The most outbox rows taken at once. */
    private static final int BATCH = 2_000;

    private static final Logger log = LoggerFactory.getLogger(NotificationDispatcher.class);

    private final OutboxStore outbox;
    private final NotificationChannels channels;
    private final RetrySchedule schedule;
    private final InstantSource clock;

    /** A dispatcher over these channels, as they are at the beginning of each {@link #dispatchDue()}. */
    public NotificationDispatcher(
            OutboxStore outbox, NotificationChannels channels, RetrySchedule schedule, InstantSource clock) {
        this.outbox = outbox;
        this.channels = channels;
        this.schedule = schedule;
        this.clock = clock;
    }

    /**
     * Tries everything that is due once, and waits for the ends.
     *
     * @return how many messages were tried
     */
    public int dispatchDue() {
        Instant now = clock.instant();
        List<MessageGroup> groups = MessageGroup.of(outbox.due(now, BATCH));
        if (groups.isEmpty()) {
            return 0;
        }
        outbox.begin(groups.stream()
                .flatMap(group -> group.entries().stream()
                        .map(entry -> new Attempt(entry.id(), group.key(), now.plus(ATTEMPT_TIMEOUT.multipliedBy(2)))))
                .toList());
        try (NotificationChannels.Use use = channels.use()) {
            List<CompletableFuture<Void>> ends = new ArrayList<>();
            for (MessageGroup group : groups) {
                // each end is written down as it comes: one service that hangs does not undo what others have taken
                ends.add(deliver(use, group).thenAccept(delivery -> outbox.finish(outcomes(group, delivery))));
            }
            CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)).join();
        }
        return groups.size();
    }

    private static CompletableFuture<Delivery> deliver(NotificationChannels.Use use, MessageGroup group) {
        String channel = group.entries().get(0).destination().channel();
        Notifier notifier = use.notifier(channel);
        if (notifier == null) {
            return CompletableFuture.completedFuture(
                    new Delivery.RetryAfter(null, "no notifier is set up for channel " + channel));
        }
        CompletableFuture<Delivery> delivery;
        try {
            delivery =
                    notifier.deliver(group.notification()).toCompletableFuture().copy();
        } catch (RuntimeException e) {
            delivery = CompletableFuture.failedFuture(e);
        }
        return delivery.orTimeout(ATTEMPT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> lost(channel, failure));
    }

    private static Delivery lost(String channel, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        log.warn("the {} notifier failed", channel, cause);
        return new Delivery.RetryAfter(
                null, "the " + channel + " notifier failed: " + cause.getClass().getSimpleName());
    }

    private List<Outcome> outcomes(MessageGroup group, Delivery delivery) {
        Instant now = clock.instant();
        log.info("message {} to {}: {}", group.key(), group.entries().get(0).destination(), delivery);
        return group.entries().stream()
                .map(entry -> outcome(entry, delivery, now))
                .toList();
    }

    private Outcome outcome(OutboxEntry entry, Delivery delivery, Instant now) {
        if (delivery instanceof Delivery.Sent) {
            return new Outcome(entry.id(), OutboxEntry.Status.SENT, now, now, null);
        } else if (delivery instanceof Delivery.RetryAfter later) {
            return retried(entry, later.delay(), later.reason(), now);
        }
        String reason = delivery instanceof Delivery.Failed failed ? failed.reason() : "unknown delivery";
        return new Outcome(entry.id(), OutboxEntry.Status.FAILED, now, now, reason);
    }

    private Outcome retried(OutboxEntry entry, @Nullable Duration asked, String reason, Instant now) {
        Optional<Instant> next = schedule.next(entry.createdAt(), entry.attempts() + 1, now, asked);
        return next.map(at -> new Outcome(entry.id(), OutboxEntry.Status.PENDING, now, at, reason))
                .orElseGet(() -> new Outcome(
                        entry.id(),
                        OutboxEntry.Status.FAILED,
                        now,
                        now,
                        "given up after " + schedule.giveUpAfter().toHours() + " h: " + reason));
    }
}
