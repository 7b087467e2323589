package io.minerops.testkit.memory;

import io.minerops.api.Page;
import io.minerops.api.alert.Alert;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.store.AlertBatch;
import io.minerops.api.store.OutboxQuery;
import io.minerops.api.store.OutboxStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

final class MemoryOutbox implements OutboxStore {
    private final InMemoryStore.Guard guard;
    private final TreeMap<Long, Row> rows = new TreeMap<>(Comparator.reverseOrder());
    private @Nullable MemoryAlerts alerts;
    private long lastId;

    /** A row; its alert is looked up when it is shown. */
    record Row(
            long id,
            OutboxEntry.Kind kind,
            long alertId,
            Destination destination,
            Instant createdAt,
            OutboxEntry.Status status,
            int attempts,
            Instant nextAttemptAt,
            @Nullable String groupKey,
            @Nullable String lastError,
            @Nullable Instant sentAt) {}

    MemoryOutbox(InMemoryStore.Guard guard) {
        this.guard = guard;
    }

    void alertsAre(MemoryAlerts store) {
        alerts = store;
    }

    @Override
    public List<OutboxEntry> due(Instant now, int limit) {
        return guard.read(() -> {
            Set<Map.Entry<Long, Destination>> waiting = new HashSet<>();
            return rows.descendingMap().values().stream()
                    .filter(row -> row.status() == OutboxEntry.Status.PENDING)
                    // the first of an alert's pending messages to a destination; those after it wait for it
                    .filter(row -> waiting.add(Map.entry(row.alertId(), row.destination())))
                    .filter(row -> !row.nextAttemptAt().isAfter(now))
                    .limit(limit)
                    .map(this::entry)
                    .toList();
        });
    }

    @Override
    public Set<Long> begin(Collection<Attempt> attempts) {
        return guard.read(() -> {
            Set<Long> begun = new HashSet<>();
            for (Attempt attempt : attempts) {
                Row row = rows.get(attempt.entryId());
                if (row != null && row.status() == OutboxEntry.Status.PENDING && row.attempts() == attempt.attempts()) {
                    rows.put(row.id(), begun(row, attempt));
                    begun.add(row.id());
                }
            }
            return begun;
        });
    }

    @Override
    public void finish(Collection<Outcome> outcomes) {
        guard.read(() -> {
            for (Outcome outcome : outcomes) {
                Row row = rows.get(outcome.entryId());
                boolean last = row != null
                        && (row.attempts() == outcome.attempts() || outcome.status() == OutboxEntry.Status.SENT);
                if (row != null && last && row.status() == OutboxEntry.Status.PENDING) {
                    rows.put(row.id(), finished(row, outcome));
                    notified(row.alertId());
                }
            }
            return true;
        });
    }

    @Override
    public Page<OutboxEntry> find(OutboxQuery query) {
        return guard.read(() -> Cursors.page(
                rows.values().stream()
                        .filter(row ->
                                query.statuses().isEmpty() || query.statuses().contains(row.status()))
                        .map(this::entry)
                        .toList(),
                OutboxEntry::id,
                query.limit(),
                query.cursor()));
    }

    @Override
    public int prune(Instant before) {
        return guard.read(() -> {
            int size = rows.size();
            rows.values()
                    .removeIf(row -> row.status() != OutboxEntry.Status.PENDING
                            && row.createdAt().isBefore(before));
            return size - rows.size();
        });
    }

    /** Puts a message that is due at once. */
    void enqueue(long alertId, AlertBatch.Message message) {
        rows.put(
                ++lastId,
                new Row(
                        lastId,
                        message.kind(),
                        alertId,
                        message.destination(),
                        message.at(),
                        OutboxEntry.Status.PENDING,
                        0,
                        message.at(),
                        null,
                        null,
                        null));
    }

    private void notified(long alertId) {
        List<Row> firing = new ArrayList<>();
        rows.values().stream()
                .filter(row -> row.alertId() == alertId && row.kind() == OutboxEntry.Kind.FIRING)
                .forEach(firing::add);
        Alert.NotificationStatus status = has(firing, OutboxEntry.Status.FAILED)
                ? Alert.NotificationStatus.FAILED
                : has(firing, OutboxEntry.Status.PENDING)
                        ? Alert.NotificationStatus.PENDING
                        : Alert.NotificationStatus.SENT;
        Instant first = firing.stream()
                .map(Row::sentAt)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
        alertsOf().notified(alertId, first, status);
    }

    private static boolean has(List<Row> rows, OutboxEntry.Status status) {
        return rows.stream().anyMatch(row -> row.status() == status);
    }

    private OutboxEntry entry(Row row) {
        return new OutboxEntry(
                row.id(),
                row.kind(),
                alertsOf().get(row.alertId()),
                row.destination(),
                row.createdAt(),
                row.status(),
                row.attempts(),
                row.nextAttemptAt(),
                row.groupKey(),
                row.lastError(),
                row.sentAt());
    }

    private MemoryAlerts alertsOf() {
        return Objects.requireNonNull(alerts, "the outbox is wired to the alerts at the start");
    }

    private static Row begun(Row row, Attempt attempt) {
        return new Row(
                row.id(),
                row.kind(),
                row.alertId(),
                row.destination(),
                row.createdAt(),
                row.status(),
                row.attempts() + 1,
                attempt.retryAt(),
                attempt.groupKey(),
                row.lastError(),
                row.sentAt());
    }

    private static Row finished(Row row, Outcome outcome) {
        boolean sent = outcome.status() == OutboxEntry.Status.SENT;
        return new Row(
                row.id(),
                row.kind(),
                row.alertId(),
                row.destination(),
                row.createdAt(),
                outcome.status(),
                row.attempts(),
                outcome.nextAttemptAt(),
                row.groupKey(),
                outcome.error(),
                sent ? outcome.at() : null);
    }
}
