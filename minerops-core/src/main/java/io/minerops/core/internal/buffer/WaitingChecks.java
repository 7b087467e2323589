package io.minerops.core.internal.buffer;

import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertState;
import io.minerops.api.alert.AlertStatus;
import io.minerops.api.alert.Baseline;
import io.minerops.api.alert.ConditionKey;
import io.minerops.api.alert.ConditionState;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.store.AlertBatch;
import io.minerops.api.store.AlertRow;
import io.minerops.core.alert.internal.change.AlertLedger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What checks have come to since the store failed, merged into one batch for it. Alerts that began since have negative
 * numbers until they are stored. Not thread-safe.
 */
final class WaitingChecks {
    /** So many alerts that began since are kept; then the oldest that have ended are dropped. */
    static final int MAX_ALERTS = 20_000;

    private final long base;
    private final WaitingMessages messages;
    private final AlertLedger ledger;
    private final Map<Long, AlertRow> storedRows = new HashMap<>();
    private final Map<Long, AlertBatch.Entry> created = new LinkedHashMap<>();
    private final Map<Long, AlertBatch.Entry> changed = new LinkedHashMap<>();
    private final Map<ConditionKey, ConditionState> conditions = new HashMap<>();
    private final Map<MinerAddress, Baseline> baselines = new HashMap<>();
    private @Nullable Instant checkedAt;
    private long lastNumber;
    private int dropped;

    /**
     * Nothing checked yet.
     *
     * @param stored the state of the store
     * @param open the rows of all its open alerts
     * @param version the version of the state in the heap, which no store has
     * @param lastNumber the number of the first alert that begins is 1 below; 0 or less
     * @param messages where the messages go
     */
    WaitingChecks(
            AlertState stored, Collection<AlertRow> open, long version, long lastNumber, WaitingMessages messages) {
        base = stored.version();
        this.lastNumber = lastNumber;
        this.messages = messages;
        AlertState start =
                new AlertState(version, stored.checkedAt(), stored.conditions(), stored.baselines(), stored.silences());
        ledger = AlertLedger.continuing(start, open, lastNumber);
        open.forEach(row -> storedRows.put(row.alert().id(), row));
    }

    AlertState state() {
        return ledger.state();
    }

    /** How many alerts began and are kept. */
    int begun() {
        return created.size();
    }

    /** The number of the alert that began last. */
    long lastNumber() {
        return lastNumber;
    }

    int dropped() {
        return dropped;
    }

    /** The row of an alert that began since or was open; null for another one. */
    @Nullable
    AlertRow row(long id) {
        AlertBatch.Entry entry = created.getOrDefault(id, changed.get(id));
        return entry == null ? storedRows.get(id) : entry.row();
    }

    /** Takes over the result of a check of {@link #state()}; gives the numbers of the alerts that it raised. */
    List<Long> apply(AlertBatch batch) {
        List<Long> numbers =
                ledger.apply(batch).raised().stream().map(Alert::id).toList();
        for (AlertBatch.Entry entry : batch.changed()) {
            long id = entry.row().alert().id();
            merge(id < 0 ? created : changed, id, entry);
        }
        for (int i = 0; i < numbers.size(); i++) {
            AlertBatch.Entry entry = batch.created().get(i);
            lastNumber = numbers.get(i);
            merge(created, lastNumber, new AlertBatch.Entry(numbered(entry.row(), lastNumber), entry.messages()));
        }
        conditions.putAll(batch.conditions());
        baselines.putAll(batch.baselines());
        checkedAt = batch.checkedAt();
        dropOldestEnded();
        return numbers;
    }

    private void merge(Map<Long, AlertBatch.Entry> into, long id, AlertBatch.Entry entry) {
        AlertBatch.Entry known = into.get(id);
        List<AlertBatch.Message> all = new ArrayList<>(known == null ? List.of() : known.messages());
        all.addAll(entry.messages());
        into.put(id, new AlertBatch.Entry(entry.row(), all));
        messages.add(entry.row().alert(), entry.messages());
    }

    private void dropOldestEnded() {
        if (created.size() <= MAX_ALERTS) {
            return;
        }
        List<Long> ended = created.entrySet().stream()
                .filter(entry -> !entry.getValue().row().alert().status().isOpen())
                .limit(created.size() - MAX_ALERTS)
                .map(Map.Entry::getKey)
                .toList();
        created.keySet().removeAll(Set.copyOf(ended));
        messages.removeOf(Set.copyOf(ended)::contains);
        dropped += ended.size();
    }

    /** The numbers in the heap of the alerts that {@link #batch} creates, in its order. */
    List<Long> createdNumbers() {
        return List.copyOf(created.keySet());
    }

    /** The numbers of the stored alerts that {@link #batch} changes. */
    Set<Long> changedNumbers() {
        return Set.copyOf(changed.keySet());
    }

    /**
     * All of it for the store.
     *
     * @param version the store's version
     * @param rows the rows of the {@linkplain #changedNumbers() changed alerts} at that version. What users changed since the
     *     store failed stays: an alert that was resolved is left out
     */
    AlertBatch batch(long version, Collection<AlertRow> rows) {
        List<AlertBatch.Entry> begun = created.values().stream()
                .map(entry -> new AlertBatch.Entry(numbered(entry.row(), Alert.UNSAVED), entry.messages()))
                .toList();
        List<AlertBatch.Entry> moved = version == base ? List.copyOf(changed.values()) : rebased(rows);
        return new AlertBatch(version, checkedAt, begun, moved, Map.copyOf(conditions), Map.copyOf(baselines));
    }

    private List<AlertBatch.Entry> rebased(Collection<AlertRow> rows) {
        List<AlertBatch.Entry> moved = new ArrayList<>();
        for (AlertRow row : rows) {
            AlertBatch.Entry entry = changed.get(row.alert().id());
            if (entry != null && row.alert().status().isOpen()) {
                moved.add(new AlertBatch.Entry(acknowledgedAs(row.alert(), entry.row()), entry.messages()));
            }
        }
        return moved;
    }

    private static AlertRow acknowledgedAs(Alert stored, AlertRow row) {
        Instant at = stored.acknowledgedAt();
        if (stored.status() != AlertStatus.ACKNOWLEDGED || at == null) {
            return row;
        }
        Alert alert = row.alert();
        Alert taken = alert.acknowledged(at, stored.acknowledgedBy());
        Instant end = alert.resolvedAt();
        return new AlertRow(
                end == null ? taken : taken.closed(alert.status(), end, alert.resolutionNote()),
                row.destinations(),
                row.announced());
    }

    private static AlertRow numbered(AlertRow row, long number) {
        return new AlertRow(row.alert().numbered(number), row.destinations(), row.announced());
    }
}
