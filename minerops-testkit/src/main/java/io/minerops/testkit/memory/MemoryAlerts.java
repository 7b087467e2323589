package io.minerops.testkit.memory;

import io.minerops.api.Page;
import io.minerops.api.StoreException;
import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertCost;
import io.minerops.api.alert.AlertCounts;
import io.minerops.api.alert.AlertState;
import io.minerops.api.alert.AlertStatus;
import io.minerops.api.alert.Baseline;
import io.minerops.api.alert.ConditionKey;
import io.minerops.api.alert.ConditionState;
import io.minerops.api.alert.ConditionState.OpenAlert;
import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.alert.Severity;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.store.AlertBatch;
import io.minerops.api.store.AlertQuery;
import io.minerops.api.store.AlertRow;
import io.minerops.api.store.AlertStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

final class MemoryAlerts implements AlertStore {
    private final InMemoryStore.Guard guard;
    private final MemoryOutbox outbox;
    private final MemorySilences silences = new MemorySilences(this);
    private final TreeMap<Long, AlertRow> rows = new TreeMap<>(Comparator.reverseOrder());
    private final TreeMap<DayOfAlert, AlertCost.OfDay> costs = new TreeMap<>();
    private final Map<ConditionKey, ConditionState> conditions = new HashMap<>();
    private final Map<MinerAddress, Baseline> baselines = new HashMap<>();
    private @Nullable Instant checkedAt;
    private long version;
    private long lastId;

    private record DayOfAlert(Instant day, long alertId) implements Comparable<DayOfAlert> {
        private static final Comparator<DayOfAlert> ORDER =
                Comparator.comparing(DayOfAlert::day).thenComparing(DayOfAlert::alertId);

        @Override
        public int compareTo(DayOfAlert other) {
            return ORDER.compare(this, other);
        }
    }

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
        for (AlertRow row : rows.values()) {
            Alert alert = row.alert();
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
    public long version() {
        return guard.read(() -> version);
    }

    @Override
    public List<AlertRow> rows(Collection<Long> ids) {
        return guard.read(
                () -> ids.stream().map(rows::get).filter(Objects::nonNull).toList());
    }

    @Override
    public Optional<List<Long>> apply(AlertBatch batch) {
        return guard.read(() -> {
            if (batch.baseVersion() != version) {
                return Optional.empty();
            }
            refuseWhatCannotBeStored(batch);
            batch.changed().forEach(entry -> {
                Alert before = get(entry.row().alert().id());
                boolean announces =
                        entry.messages().stream().anyMatch(message -> message.kind() == OutboxEntry.Kind.FIRING);
                put(
                        entry,
                        entry.row()
                                .alert()
                                .notified(
                                        before.notifiedAt(),
                                        announces ? Alert.NotificationStatus.PENDING : before.notificationStatus())
                                .costing(before.cost()));
            });
            List<Long> numbers = new ArrayList<>();
            batch.created().forEach(entry -> {
                numbers.add(++lastId);
                put(entry, entry.row().alert().numbered(lastId));
            });
            remember(batch);
            return Optional.of(numbers);
        });
    }

    /** A batch is stored whole or not at all, so what would fail is looked for before anything is written. */
    private void refuseWhatCannotBeStored(AlertBatch batch) {
        Map<Long, Alert> after = new HashMap<>();
        rows.forEach((id, row) -> after.put(id, row.alert()));
        batch.changed().forEach(entry -> {
            Alert alert = entry.row().alert();
            if (after.put(alert.id(), alert) == null) {
                throw new StoreException("alert " + alert.id() + " is to change, but it is not stored");
            }
        });
        Set<ConditionKey> open = new HashSet<>();
        Stream.concat(
                        after.values().stream(),
                        batch.created().stream().map(entry -> entry.row().alert()))
                .filter(alert -> alert.status().isOpen())
                .forEach(alert -> {
                    if (!open.add(key(alert))) {
                        throw new StoreException("a second alert would be open for " + key(alert));
                    }
                });
    }

    private void put(AlertBatch.Entry entry, Alert alert) {
        AlertRow row = entry.row();
        rows.put(alert.id(), new AlertRow(alert, row.destinations(), row.announced()));
        entry.messages().forEach(message -> outbox.enqueue(alert.id(), message));
    }

    private void remember(AlertBatch batch) {
        batch.conditions().forEach((key, state) -> {
            if (state.sameTimes(ConditionState.NONE)) {
                conditions.remove(key);
            } else {
                conditions.put(key, state);
            }
        });
        baselines.putAll(batch.baselines());
        if (batch.checkedAt() != null) {
            checkedAt = batch.checkedAt();
        }
        version++;
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

    @Override
    public Optional<Alert> find(long id) {
        return guard.read(() -> Optional.ofNullable(rows.get(id)).map(AlertRow::alert));
    }

    @Override
    public Page<Alert> find(AlertQuery query) {
        return guard.read(() -> page(
                query,
                alerts().filter(alert ->
                                query.statuses().isEmpty() || query.statuses().contains(alert.status()))
                        .filter(alert -> query.severities().isEmpty()
                                || query.severities().contains(alert.severity()))
                        .filter(alert -> query.miner() == null || query.miner().equals(alert.miner()))
                        .filter(alert -> query.type() == null || query.type().equals(alert.type()))
                        .filter(alert ->
                                query.since() == null || !alert.createdAt().isBefore(query.since()))
                        .toList()));
    }

    private static Page<Alert> page(AlertQuery query, List<Alert> newestFirst) {
        return query.order() == AlertQuery.Order.COST
                ? Cursors.pageByCost(newestFirst, query.limit(), query.cursor())
                : Cursors.page(newestFirst, Alert::id, query.limit(), query.cursor());
    }

    @Override
    public void putCosts(Map<Long, AlertCost> totals, Collection<AlertCost.OfDay> days) {
        boolean unused = guard.read(() -> {
            totals.forEach((id, cost) -> replace(id, get(id).costing(cost)));
            days.forEach(day -> costs.put(new DayOfAlert(day.day(), day.alertId()), day));
            return true;
        });
    }

    @Override
    public List<AlertCost.OfDay> costs(Collection<Long> ids) {
        Set<Long> wanted = Set.copyOf(ids);
        return guard.read(() -> costs.values().stream()
                .filter(day -> wanted.contains(day.alertId()))
                .toList());
    }

    @Override
    public List<AlertCost.OfDay> costs(Instant since, Instant until) {
        return guard.read(() -> costs.values().stream()
                .filter(day -> !day.day().isBefore(since) && day.day().isBefore(until))
                .toList());
    }

    @Override
    public AlertCounts count(Instant now) {
        return guard.read(() -> new AlertCounts(
                counts(alert -> true, Alert::status),
                counts(alert -> alert.status().isOpen(), Alert::severity),
                counts(alert -> alert.status() == AlertStatus.ACTIVE, Alert::severity),
                alerts().filter(alert -> !alert.createdAt().isBefore(now.minus(Duration.ofHours(24))))
                        .count()));
    }

    @Override
    public Map<Severity, Long> countOpen() {
        return count(Instant.EPOCH).openBySeverity();
    }

    private <K> Map<K, Long> counts(Predicate<Alert> counted, Function<Alert, K> by) {
        return alerts().filter(counted).collect(Collectors.groupingBy(by, Collectors.counting()));
    }

    private Stream<Alert> alerts() {
        return rows.values().stream().map(AlertRow::alert);
    }

    Alert get(long id) {
        AlertRow row = rows.get(id);
        if (row == null) {
            throw new IllegalStateException("there is no alert " + id);
        }
        return row.alert();
    }

    void notified(long id, @Nullable Instant at, Alert.NotificationStatus status) {
        replace(id, get(id).notified(at, status));
    }

    private void replace(long id, Alert alert) {
        rows.computeIfPresent(id, (key, row) -> new AlertRow(alert, row.destinations(), row.announced()));
    }

    private static ConditionKey key(Alert alert) {
        return new ConditionKey(alert.ruleId(), alert.miner());
    }

    void exchange(Exchange exchange) {
        for (Long id : List.copyOf(rows.keySet())) {
            replace(id, get(id).readdressed(exchange.ofNullable(get(id).miner())));
        }
        Map<ConditionKey, ConditionState> before = Map.copyOf(conditions);
        conditions.clear();
        before.forEach((key, state) ->
                conditions.put(new ConditionKey(key.ruleId(), exchange.ofNullable(key.miner())), state));
        exchange.in(baselines, (baseline, address) -> baseline);
        silences.exchange(exchange);
        version++;
    }
}
