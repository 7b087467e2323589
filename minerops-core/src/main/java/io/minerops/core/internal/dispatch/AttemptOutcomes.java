package io.minerops.core.internal.dispatch;

import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.event.Event;
import io.minerops.api.notify.Delivery;
import io.minerops.api.store.OutboxStore.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an attempt's end means for the messages that were in it, and what an operator should see of it. */
record AttemptOutcomes(RetrySchedule schedule) {
    /**
     * The outcome for one message of the attempt.
     *
     * @param entry the message as it was read before the attempt
     */
    Outcome of(OutboxEntry entry, Delivery delivery, Instant now) {
        if (delivery instanceof Delivery.Sent) {
            return new Outcome(entry.id(), entry.attempts() + 1, OutboxEntry.Status.SENT, now, now, null);
        } else if (delivery instanceof Delivery.RetryAfter later) {
            return retried(entry, later.delay(), later.reason(), now);
        }
        return new Outcome(entry.id(), entry.attempts() + 1, OutboxEntry.Status.FAILED, now, now, reason(delivery));
    }

    /** A message that was not tried and is looked at again then. */
    static Outcome postponed(OutboxEntry entry, Instant until) {
        return new Outcome(entry.id(), entry.attempts(), OutboxEntry.Status.PENDING, until, until, entry.lastError());
    }

    /**
     * The event of an attempt: messages that failed for good, and those that our own side could not make or hand over.
     * The same reason at the next attempt is not another event.
     */
    Optional<Event> report(MessageGroup group, Delivery delivery, Instant now) {
        if (delivery instanceof Delivery.Sent) {
            return Optional.empty();
        }
        boolean givenUp = group.entries().stream()
                .anyMatch(entry -> of(entry, delivery, now).status() == OutboxEntry.Status.FAILED);
        boolean apart =
                delivery instanceof Delivery.NotComposed && group.entries().size() > 1;
        boolean ownFault = reason(delivery).endsWith("Exception")
                && !reason(delivery).equals(group.entries().get(0).lastError());
        if (!givenUp && !apart && !ownFault) {
            return Optional.empty();
        }
        String what = group.entries().size() == 1
                ? "1 message to " + group.destination()
                : group.entries().size() + " messages to " + group.destination();
        String end = apart ? " cannot be grouped and are sent one by one: " : givenUp ? " failed: " : ": ";
        return Optional.of(Event.of(
                now, Event.Level.ERROR, NotificationDispatcher.EVENT_SOURCE, null, what + end + reason(delivery)));
    }

    private Outcome retried(OutboxEntry entry, @Nullable Duration requestedWait, String reason, Instant now) {
        Optional<Instant> next = schedule.next(entry.createdAt(), entry.attempts() + 1, now, requestedWait);
        return next.map(at ->
                        new Outcome(entry.id(), entry.attempts() + 1, OutboxEntry.Status.PENDING, now, at, reason))
                .orElseGet(() -> new Outcome(
                        entry.id(),
                        entry.attempts() + 1,
                        OutboxEntry.Status.FAILED,
                        now,
                        now,
                        "given up after " + schedule.giveUpAfter().toHours() + " h: " + reason));
    }

    private static String reason(Delivery delivery) {
        if (delivery instanceof Delivery.RetryAfter later) {
            return later.reason();
        } else if (delivery instanceof Delivery.NotComposed notComposed) {
            return notComposed.reason();
        }
        return delivery instanceof Delivery.Failed failed ? failed.reason() : "sent";
    }
}
