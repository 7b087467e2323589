package io.minerops.core.internal.buffer;

import io.minerops.api.Page;
import io.minerops.api.alert.Alert;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.alert.OutboxEntry.Kind;
import io.minerops.api.alert.OutboxEntry.Status;
import io.minerops.api.store.AlertBatch;
import io.minerops.api.store.OutboxQuery;
import io.minerops.api.store.OutboxStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The messages of checks that wait to be stored, in the heap. Their numbers are negative, so that none is that of a stored message.
 * The outcome of a message that was removed meanwhile is dropped. Thread-safe.
 */
final class WaitingMessages implements OutboxStore {
    private final Map<Long, Message> messages = new LinkedHashMap<>();
    private long lastId;

    private static final class Message {
        private final long id;
        private final Kind kind;
        private final Destination destination;
        private final Instant createdAt;
        private Alert alert;
        private Status status = Status.PENDING;
        private int attempts;
        private Instant nextAttemptAt;
        private boolean underWay;
        private @Nullable String groupKey;
        private @Nullable String lastError;
        private @Nullable Instant sentAt;

        private Message(long id, Alert alert, AlertBatch.Message message) {
            this.id = id;
            this.alert = alert;
            kind = message.kind();
            destination = message.destination();
            createdAt = message.at();
            nextAttemptAt = message.at();
        }

        private OutboxEntry entry() {
            return new OutboxEntry(
                    id,
                    kind,
                    alert,
                    destination,
                    createdAt,
                    status,
                    attempts,
                    nextAttemptAt,
                    groupKey,
                    lastError,
                    sentAt);
        }
    }

    /** Adds messages of an alert as it is now; its earlier messages show it so from now on. */
    synchronized void add(Alert alert, List<AlertBatch.Message> added) {
        for (Message message : messages.values()) {
            if (message.alert.id() == alert.id()) {
                message.alert = alert;
            }
        }
        for (AlertBatch.Message message : added) {
            lastId--;
            messages.put(lastId, new Message(lastId, alert, message));
        }
    }

    /** Whether an attempt is under way that does not count as lost yet. */
    synchronized boolean isUnderWay(Instant now) {
        return messages.values().stream().anyMatch(message -> message.underWay && message.nextAttemptAt.isAfter(now));
    }

    /** The messages that were sent or given up. */
    synchronized List<OutboxEntry> ended() {
        return messages.values().stream()
                .filter(message -> message.status != Status.PENDING)
                .map(Message::entry)
                .toList();
    }

    synchronized int size() {
        return messages.size();
    }

    /** Removes the messages of the alerts that these numbers are of. */
    synchronized void removeOf(LongPredicate alert) {
        messages.values().removeIf(message -> alert.test(message.alert.id()));
    }

    @Override
    public synchronized List<OutboxEntry> due(Instant now, int limit) {
        List<OutboxEntry> due = new ArrayList<>();
        Set<List<Object>> seen = new HashSet<>();
        for (Message message : messages.values()) {
            boolean first =
                    message.status == Status.PENDING && seen.add(List.of(message.alert.id(), message.destination));
            if (first && !message.nextAttemptAt.isAfter(now) && due.size() < limit) {
                due.add(message.entry());
            }
        }
        return due;
    }

    @Override
    public synchronized Set<Long> begin(Collection<Attempt> attempts) {
        Set<Long> begun = new HashSet<>();
        for (Attempt attempt : attempts) {
            Message message = messages.get(attempt.entryId());
            if (message != null && message.status == Status.PENDING && message.attempts == attempt.attempts()) {
                message.attempts++;
                message.nextAttemptAt = attempt.retryAt();
                message.groupKey = attempt.groupKey();
                message.underWay = true;
                begun.add(message.id);
            }
        }
        return begun;
    }

    @Override
    public synchronized void finish(Collection<Outcome> outcomes) {
        for (Outcome outcome : outcomes) {
            Message message = messages.get(outcome.entryId());
            boolean sent = outcome.status() == Status.SENT;
            if (message != null
                    && message.status == Status.PENDING
                    && (sent || message.attempts <= outcome.attempts())) {
                message.status = outcome.status();
                message.nextAttemptAt = outcome.nextAttemptAt();
                message.lastError = outcome.error();
                message.sentAt = sent ? outcome.at() : null;
                message.underWay = false;
            }
        }
    }

    /** All messages, the newest first, on one page. */
    @Override
    public synchronized Page<OutboxEntry> find(OutboxQuery query) {
        List<OutboxEntry> found = new ArrayList<>();
        for (Message message : messages.values()) {
            if (query.statuses().isEmpty() || query.statuses().contains(message.status)) {
                found.add(0, message.entry());
            }
        }
        return new Page<>(found, null);
    }

    /** Deletes nothing: they are kept until they are stored. */
    @Override
    public int prune(Instant before) {
        return 0;
    }
}
