package io.minerops.core.alert.internal.change;

import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertState;
import io.minerops.api.alert.AlertStatus;
import io.minerops.api.alert.Baseline;
import io.minerops.api.alert.ConditionKey;
import io.minerops.api.alert.ConditionState;
import io.minerops.api.alert.ConditionState.OpenAlert;
import io.minerops.api.alert.Silence;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.store.AlertBatch;
import io.minerops.api.store.AlertRow;
import io.minerops.core.alert.Evaluation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The alerts and the engine's state as checks leave them, kept in the heap and nowhere else: for tests of rules,
 * backtests, and while a store fails. It writes what {@link AlertChanges} decides, but for messages, numbers alerts in the
 * order in which they begin, and forgets those that ended.
 *
 * <p>Not thread-safe.
 */
public final class AlertLedger {
    private final Map<ConditionKey, AlertRow> open = new LinkedHashMap<>();
    private final int step;
    private AlertState state;
    private long lastId;

    /** A ledger before the first check. */
    public AlertLedger() {
        this(AlertState.INITIAL, 0, 1);
    }

    private AlertLedger(AlertState state, long lastId, int step) {
        this.state = state;
        this.lastId = lastId;
        this.step = step;
    }

    /**
     * A ledger that goes on from stored alerts. It numbers alerts that begin downwards, so that no number is one of a
     * store's.
     *
     * @param state the state to go on from
     * @param open the rows of all its open alerts
     * @param lastId the number of the next alert is 1 below; 0 or less
     */
    public static AlertLedger continuing(AlertState state, Collection<AlertRow> open, long lastId) {
        AlertLedger ledger = new AlertLedger(state, lastId, -1);
        open.forEach(ledger::keep);
        return ledger;
    }

    /** What the next check is to start from. */
    public AlertState state() {
        return state;
    }

    /** The alerts that are open, in the order in which they began. */
    public Collection<Alert> open() {
        return open.values().stream().map(AlertRow::alert).toList();
    }

    /** The open alert of a condition; empty where there is none. */
    public Optional<Alert> open(ConditionKey key) {
        return Optional.ofNullable(open.get(key)).map(AlertRow::alert);
    }

    /**
     * Takes over what a check of {@link #state()} found.
     *
     * @return the alerts that began and those that ended, and how many messages a store would have enqueued
     * @throws IllegalStateException if the check started from another state
     */
    public AppliedChanges apply(Evaluation evaluation) {
        if (evaluation.baseVersion() != state.version()) {
            throw new IllegalStateException("the check started from version " + evaluation.baseVersion()
                    + " of the alert state, which is at " + state.version());
        }
        return apply(AlertChanges.of(evaluation, touched(evaluation)));
    }

    private List<AlertRow> touched(Evaluation evaluation) {
        List<AlertRow> rows = new ArrayList<>();
        evaluation.transitions().forEach(transition -> {
            AlertRow row = open.get(transition.key());
            if (row != null) {
                rows.add(row);
            }
        });
        return rows;
    }

    /**
     * A user acknowledges an alert.
     *
     * @param user who it is; null where unknown
     * @return the alert as it is now; empty, with nothing changed, unless the condition has an active alert
     */
    public Optional<Alert> acknowledge(ConditionKey key, @Nullable String user, Instant at) {
        AlertRow row = open.get(key);
        if (row == null || row.alert().status() != AlertStatus.ACTIVE) {
            return Optional.empty();
        }
        return byUser(AlertChanges.acknowledged(state.version(), row, user, at));
    }

    /**
     * A user resolves an alert.
     *
     * @param note why; null where not given
     * @return the alert as it is now; empty, with nothing changed, where the condition has no open alert
     */
    public Optional<Alert> resolve(ConditionKey key, @Nullable String note, Instant at) {
        AlertRow row = open.get(key);
        return row == null ? Optional.empty() : byUser(AlertChanges.resolved(state.version(), row, null, note, at));
    }

    /** Replaces the silences; the next check uses these. */
    public void silence(List<Silence> silences) {
        state = new AlertState(
                state.version() + 1, state.checkedAt(), state.conditions(), state.baselines(), List.copyOf(silences));
    }

    private Optional<Alert> byUser(AlertBatch batch) {
        apply(batch);
        return Optional.of(batch.changed().get(0).row().alert());
    }

    /**
     * Takes over a batch, which was computed from {@link #state()}.
     *
     * @return the alerts that began and those that ended, and how many messages a store would have enqueued
     */
    public AppliedChanges apply(AlertBatch batch) {
        Set<ConditionKey> touched = new HashSet<>(batch.conditions().keySet());
        batch.changed().forEach(entry -> touched.add(keep(entry.row())));
        List<Long> numbers = new ArrayList<>();
        batch.created().forEach(entry -> {
            lastId += step;
            numbers.add(lastId);
            AlertRow row = entry.row();
            touched.add(keep(new AlertRow(row.alert().numbered(lastId), row.destinations(), row.announced())));
        });
        state = new AlertState(
                state.version() + 1,
                batch.checkedAt() == null ? state.checkedAt() : batch.checkedAt(),
                conditions(batch.conditions(), touched),
                baselines(batch.baselines()),
                state.silences());
        return AppliedChanges.of(batch, numbers);
    }

    private ConditionKey keep(AlertRow row) {
        ConditionKey key = new ConditionKey(row.alert().ruleId(), row.alert().miner());
        if (row.alert().status().isOpen()) {
            open.put(key, row);
        } else {
            open.remove(key);
        }
        return key;
    }

    /** The conditions with their new states and open alerts; the same map where nothing was touched. */
    private Map<ConditionKey, ConditionState> conditions(
            Map<ConditionKey, ConditionState> moved, Set<ConditionKey> touched) {
        if (touched.isEmpty()) {
            return state.conditions();
        }
        Map<ConditionKey, ConditionState> conditions = new HashMap<>(state.conditions());
        conditions.putAll(moved);
        for (ConditionKey key : touched) {
            AlertRow row = open.get(key);
            ConditionState next = conditions
                    .getOrDefault(key, ConditionState.NONE)
                    .withOpen(row == null ? null : openAlert(row.alert()));
            if (next.isNone()) {
                conditions.remove(key);
            } else {
                conditions.put(key, next);
            }
        }
        return Collections.unmodifiableMap(conditions);
    }

    private static OpenAlert openAlert(Alert alert) {
        return new OpenAlert(alert.id(), alert.status() == AlertStatus.ACKNOWLEDGED, alert.silenced());
    }

    private Map<MinerAddress, Baseline> baselines(Map<MinerAddress, Baseline> learned) {
        if (learned.isEmpty()) {
            return state.baselines();
        }
        Map<MinerAddress, Baseline> baselines = new HashMap<>(state.baselines());
        baselines.putAll(learned);
        return Collections.unmodifiableMap(baselines);
    }
}
