package io.minerops.testkit.memory;

import io.minerops.api.Page;
import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertCounts;
import io.minerops.api.alert.AlertQuery;
import io.minerops.api.alert.AlertState;
import io.minerops.api.alert.AlertStatus;
import io.minerops.api.alert.AlertStore;
import io.minerops.api.alert.AlertTransition;
import io.minerops.api.alert.AppliedTransitions;
import io.minerops.api.alert.Baseline;
import io.minerops.api.alert.ConditionKey;
import io.minerops.api.alert.ConditionState;
import io.minerops.api.alert.ConditionState.OpenAlert;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.alert.Severity;
import io.minerops.api.alert.StatusChange;
import io.minerops.api.alert.TransitionBatch;
import io.minerops.api.miner.MinerAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

final class MemoryAlerts implements AlertStore {
    private final InMemoryStore.Guard guard;
    private final MemoryOutbox outbox;
    private final MemorySilences silences = new MemorySilences(this);
    /** Alerts whose beginning was not told because of a silence. */
    private final Set<Long> untold = new HashSet<>();

    private final TreeMap<Long, Alert> alerts = new TreeMap<>(Comparator.reverseOrder());
    private final Map<Long, List<Destination>> destinations = new HashMap<>();
    private final Map<ConditionKey, ConditionState> conditions = new HashMap<>();
    private final Map<MinerAddress, Baseline> baselines = new HashMap<>();
    private @Nullable Instant checkedAt;
    private long version;
    private long lastId;

    MemoryAlerts(InMemoryStore.Guard guard, MemoryOutbox outbox) {
        this.guard = guard;
        this.outbox = outbox;
    }

    @Override
    public AlertState load() {
        return guard.read(
                () -> new AlertState(version, checkedAt, withOpenAlerts(), Map.copyOf(baselines), silences.all()));
    }

    private Map<ConditionKey, ConditionState> withOpenAlerts() {
        Map<ConditionKey, OpenAlert> open = new HashMap<>();
        for (Alert alert : alerts.values()) {
            if (alert.status().isOpen()) {
                open.put(
                        key(alert),
                        new OpenAlert(alert.id(), alert.status() == AlertStatus.ACKNOWLEDGED, alert.silenced()));
            }
        }
        Map<ConditionKey, ConditionState> all = new HashMap<>();
        conditions.forEach((key, state) -> all.put(key, state.withOpen(open.get(key))));
        open.forEach((key, alert) -> all.putIfAbsent(key, ConditionState.NONE.withOpen(alert)));
        return all;
    }

    @Override
    public AppliedTransitions apply(TransitionBatch batch) {
        return guard.read(() -> {
            if (batch.baseVersion() != version) {
                return new AppliedTransitions.Stale(version);
            }
            List<Alert> raised = new ArrayList<>();
            List<Alert> resolved = new ArrayList<>();
            int enqueued = 0;
            for (AlertTransition transition : batch.transitions()) {
                if (transition instanceof AlertTransition.Silenced begun) {
                    alerts.put(begun.alertId(), get(begun.alertId()).silenced(begun.at(), true));
                }
            }
            for (AlertTransition transition : batch.transitions()) {
                if (transition instanceof AlertTransition.Raised begun) {
                    Alert alert = raise(begun);
                    raised.add(alert);
                    enqueued += tell(OutboxEntry.Kind.FIRING, alert.id(), begun.at());
                } else if (transition instanceof AlertTransition.Reminded reminded) {
                    enqueued += tell(OutboxEntry.Kind.REMINDER, reminded.alertId(), reminded.at());
                } else if (transition instanceof AlertTransition.Escalated step) {
                    enqueued += escalate(step);
                } else if (transition instanceof AlertTransition.Cleared cleared) {
                    resolved.add(close(cleared.alertId(), AlertStatus.AUTO_RESOLVED, cleared.at(), cleared.note()));
                    enqueued += tell(OutboxEntry.Kind.RESOLVED, cleared.alertId(), cleared.at());
                } else if (transition instanceof AlertTransition.Withdrawn withdrawn) {
                    resolved.add(close(withdrawn.alertId(), AlertStatus.RESOLVED, withdrawn.at(), withdrawn.note()));
                    enqueued += tell(OutboxEntry.Kind.RESOLVED, withdrawn.alertId(), withdrawn.at());
                }
            }
            for (AlertTransition transition : batch.transitions()) {
                if (transition instanceof AlertTransition.Unsilenced over) {
                    enqueued += unsilence(over);
                }
            }
            remember(batch);
            return new AppliedTransitions.Applied(raised, resolved, enqueued);
        });
    }

    private void remember(TransitionBatch batch) {
        batch.conditions().forEach((key, state) -> {
            if (state.sameTimes(ConditionState.NONE)) {
                conditions.remove(key);
            } else {
                conditions.put(key, state);
            }
        });
        baselines.putAll(batch.baselines());
        checkedAt = batch.checkedAt();
        version++;
    }

    private Alert raise(AlertTransition.Raised begun) {
        Alert alert = begun.alert(++lastId, begun.at());
        alerts.put(alert.id(), alert);
        destinations.put(alert.id(), begun.destinations());
        if (begun.silenced()) {
            untold.add(alert.id());
        }
        return alert;
    }

    private int unsilence(AlertTransition.Unsilenced over) {
        Alert alert = get(over.alertId()).silenced(over.at(), false);
        alerts.put(alert.id(), alert);
        int enqueued = untold.remove(alert.id()) ? tell(OutboxEntry.Kind.FIRING, alert.id(), over.at()) : 0;
        if (enqueued > 0) {
            notified(alert.id(), null, Alert.NotificationStatus.PENDING);
        }
        return enqueued;
    }

    MemorySilences silences() {
        return silences;
    }

    <T> T reading(Supplier<T> step) {
        return guard.read(step);
    }

    /** Refuses the check under way, which does not know of a change. */
    void changed() {
        version++;
    }

    private int escalate(AlertTransition.Escalated step) {
        alerts.put(step.alertId(), get(step.alertId()).escalated(step.at(), step.severity()));
        Set<Destination> told = new LinkedHashSet<>(destinations.getOrDefault(step.alertId(), List.of()));
        told.addAll(step.destinations());
        destinations.put(step.alertId(), List.copyOf(told));
        return get(step.alertId()).silenced()
                ? 0
                : outbox.tell(OutboxEntry.Kind.ESCALATED, step.alertId(), step.at(), step.destinations());
    }

    private Alert close(long id, AlertStatus status, Instant at, @Nullable String note) {
        Alert closed = get(id).closed(status, at, note);
        alerts.put(id, closed);
        return closed;
    }

    private int tell(OutboxEntry.Kind kind, long alertId, Instant at) {
        return get(alertId).silenced()
                ? 0
                : outbox.tell(kind, alertId, at, destinations.getOrDefault(alertId, List.of()));
    }

    @Override
    public Optional<Alert> find(long id) {
        return guard.read(() -> Optional.ofNullable(alerts.get(id)));
    }

    @Override
    public Page<Alert> find(AlertQuery query) {
        return guard.read(() -> Cursors.page(
                alerts.values().stream()
                        .filter(alert ->
                                query.statuses().isEmpty() || query.statuses().contains(alert.status()))
                        .filter(alert -> query.severities().isEmpty()
                                || query.severities().contains(alert.severity()))
                        .filter(alert -> query.miner() == null || query.miner().equals(alert.miner()))
                        .filter(alert -> query.type() == null || query.type().equals(alert.type()))
                        .filter(alert ->
                                query.since() == null || !alert.createdAt().isBefore(query.since()))
                        .toList(),
                Alert::id,
                query.limit(),
                query.cursor()));
    }

    @Override
    public AlertCounts count(Instant now) {
        return guard.read(() -> new AlertCounts(
                counts(alert -> true, Alert::status),
                counts(alert -> alert.status().isOpen(), Alert::severity),
                counts(alert -> alert.status() == AlertStatus.ACTIVE, Alert::severity),
                alerts.values().stream()
                        .filter(alert -> !alert.createdAt().isBefore(now.minus(Duration.ofHours(24))))
                        .count()));
    }

    @Override
    public Map<Severity, Long> countOpen() {
        return count(Instant.EPOCH).openBySeverity();
    }

    private <K> Map<K, Long> counts(Predicate<Alert> counted, Function<Alert, K> by) {
        return alerts.values().stream().filter(counted).collect(Collectors.groupingBy(by, Collectors.counting()));
    }

    @Override
    public StatusChange acknowledge(long id, @Nullable String user, Instant at) {
        return change(id, alert -> alert.status() == AlertStatus.ACTIVE, alert -> alert.acknowledged(at, user));
    }

    @Override
    public StatusChange resolve(long id, @Nullable String user, @Nullable String note, Instant at) {
        StatusChange change = change(
                id,
                alert -> alert.status().isOpen(),
                alert -> alert.closed(AlertStatus.RESOLVED, at, said(user, note)));
        if (change instanceof StatusChange.Changed) {
            guard.read(() -> tell(OutboxEntry.Kind.RESOLVED, id, at));
        }
        return change;
    }

    private StatusChange change(long id, Predicate<Alert> allowed, Function<Alert, Alert> step) {
        return guard.read(() -> {
            Alert alert = alerts.get(id);
            if (alert == null) {
                return new StatusChange.NotFound(id);
            } else if (!allowed.test(alert)) {
                return new StatusChange.Conflict(alert);
            }
            Alert changed = step.apply(alert);
            alerts.put(id, changed);
            version++;
            return new StatusChange.Changed(changed);
        });
    }

    Alert get(long id) {
        Alert alert = alerts.get(id);
        if (alert == null) {
            throw new IllegalStateException("there is no alert " + id);
        }
        return alert;
    }

    void notified(long id, @Nullable Instant at, Alert.NotificationStatus status) {
        alerts.computeIfPresent(id, (key, alert) -> notified(alert, at, status));
    }

    private static ConditionKey key(Alert alert) {
        return new ConditionKey(alert.ruleId(), alert.miner());
    }

    private static @Nullable String said(@Nullable String user, @Nullable String note) {
        String by = user == null ? null : "Resolved by " + user;
        return note == null ? by : by == null ? note : by + ": " + note;
    }

    private static Alert notified(Alert alert, @Nullable Instant at, Alert.NotificationStatus status) {
        return new Alert(
                alert.id(),
                alert.createdAt(),
                alert.updatedAt(),
                alert.ruleId(),
                alert.ruleName(),
                alert.miner(),
                alert.type(),
                alert.severity(),
                alert.status(),
                alert.silenced(),
                alert.message(),
                alert.details(),
                alert.acknowledgedAt(),
                alert.acknowledgedBy(),
                alert.resolvedAt(),
                alert.resolutionNote(),
                at,
                status);
    }

    void exchange(Exchange exchange) {
        alerts.replaceAll((id, alert) -> moved(alert, exchange));
        Map<ConditionKey, ConditionState> before = Map.copyOf(conditions);
        conditions.clear();
        before.forEach((key, state) ->
                conditions.put(new ConditionKey(key.ruleId(), exchange.ofNullable(key.miner())), state));
        exchange.in(baselines, (baseline, address) -> baseline);
        silences.exchange(exchange);
        version++;
    }

    private static Alert moved(Alert alert, Exchange exchange) {
        return new Alert(
                alert.id(),
                alert.createdAt(),
                alert.updatedAt(),
                alert.ruleId(),
                alert.ruleName(),
                exchange.ofNullable(alert.miner()),
                alert.type(),
                alert.severity(),
                alert.status(),
                alert.silenced(),
                alert.message(),
                alert.details(),
                alert.acknowledgedAt(),
                alert.acknowledgedBy(),
                alert.resolvedAt(),
                alert.resolutionNote(),
                alert.notifiedAt(),
                alert.notificationStatus());
    }
}
