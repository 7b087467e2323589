package io.minerops.core.alert;

import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertState;
import io.minerops.api.alert.AlertStatus;
import io.minerops.api.alert.AlertTransition;
import io.minerops.api.alert.AppliedTransitions;
import io.minerops.api.alert.Baseline;
import io.minerops.api.alert.ConditionKey;
import io.minerops.api.alert.ConditionState;
import io.minerops.api.alert.ConditionState.OpenAlert;
import io.minerops.api.alert.Silence;
import io.minerops.api.alert.TransitionBatch;
import io.minerops.api.miner.MinerAddress;
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
 * The alerts and the engine's state as checks leave them, kept in the heap and nowhere else: for whoever plays a fleet's
 * time through, such as a test of rules or a look at what a rule would have raised. It does what a store does with an
 * evaluation but for messages, numbers alerts from 1 in the order in which they begin, and forgets those that ended.
 *
 * <p>Not thread-safe.
 */
public final class AlertLedger {
    private final Map<ConditionKey, Alert> open = new LinkedHashMap<>();
    private AlertState state = AlertState.INITIAL;
    private long lastId;

    /** A ledger before the first check. */
    public AlertLedger() {}

    /** What the next check is to start from. */
    public AlertState state() {
        return state;
    }

    /** The alerts that are open, in the order in which they began. */
    public Collection<Alert> open() {
        return Collections.unmodifiableCollection(open.values());
    }

    /** The open alert of a condition; empty where there is none. */
    public Optional<Alert> open(ConditionKey key) {
        return Optional.ofNullable(open.get(key));
    }

    /**
     * Takes over what a check of {@link #state()} found.
     *
     * @return the alerts that began and those that ended; no message is enqueued
     * @throws IllegalStateException if the check started from another state
     */
    public AppliedTransitions.Applied apply(Evaluation evaluation) {
        TransitionBatch batch = evaluation.batch();
        if (batch.baseVersion() != state.version()) {
            throw new IllegalStateException("the check started from version " + batch.baseVersion()
                    + " of the alert state, which is at " + state.version());
        }
        List<Alert> raised = new ArrayList<>();
        List<Alert> resolved = new ArrayList<>();
        Set<ConditionKey> touched = new HashSet<>(batch.conditions().keySet());
        for (AlertTransition transition : batch.transitions()) {
            touched.add(transition.key());
            // first, because an alert may end in the check that finds it covered
            if (transition instanceof AlertTransition.Silenced begun) {
                open.put(begun.key(), openAlert(begun.key()).silenced(begun.at(), true));
            }
        }
        for (AlertTransition transition : batch.transitions()) {
            apply(transition, raised, resolved);
        }
        state = new AlertState(
                state.version() + 1,
                batch.checkedAt(),
                conditions(batch.conditions(), touched),
                baselines(batch.baselines()),
                state.silences());
        return new AppliedTransitions.Applied(raised, resolved, 0);
    }

    /**
     * A person takes an alert.
     *
     * @param user who it is; null where not said
     * @return the alert as it is now; empty, with nothing changed, unless the condition has an active alert
     */
    public Optional<Alert> acknowledge(ConditionKey key, @Nullable String user, Instant at) {
        Alert alert = open.get(key);
        if (alert == null || alert.status() != AlertStatus.ACTIVE) {
            return Optional.empty();
        }
        Alert taken = alert.acknowledged(at, user);
        open.put(key, taken);
        changed(Set.of(key));
        return Optional.of(taken);
    }

    /**
     * A person closes an alert.
     *
     * @param note why; null where not said
     * @return the alert as it is now; empty, with nothing changed, where the condition has no open alert
     */
    public Optional<Alert> resolve(ConditionKey key, @Nullable String note, Instant at) {
        Alert alert = open.remove(key);
        if (alert == null) {
            return Optional.empty();
        }
        changed(Set.of(key));
        return Optional.of(alert.closed(AlertStatus.RESOLVED, at, note));
    }

    /** Puts these silences in the place of those there were; the next check goes by them. */
    public void silence(List<Silence> silences) {
        state = new AlertState(
                state.version() + 1, state.checkedAt(), state.conditions(), state.baselines(), List.copyOf(silences));
    }

    private void apply(AlertTransition transition, List<Alert> raised, List<Alert> resolved) {
        ConditionKey key = transition.key();
        if (transition instanceof AlertTransition.Raised begun) {
            Alert alert = begun.alert(++lastId, begun.at());
            open.put(key, alert);
            raised.add(alert);
        } else if (transition instanceof AlertTransition.Cleared cleared) {
            resolved.add(close(key, cleared.at(), AlertStatus.AUTO_RESOLVED, cleared.note()));
        } else if (transition instanceof AlertTransition.Withdrawn withdrawn) {
            resolved.add(close(key, withdrawn.at(), AlertStatus.RESOLVED, withdrawn.note()));
        } else if (transition instanceof AlertTransition.Escalated step) {
            open.put(key, openAlert(key).escalated(step.at(), step.severity()));
        } else if (transition instanceof AlertTransition.Unsilenced over) {
            open.put(key, openAlert(key).silenced(over.at(), false));
        }
    }

    private Alert close(ConditionKey key, Instant at, AlertStatus status, String note) {
        Alert closed = openAlert(key).closed(status, at, note);
        open.remove(key);
        return closed;
    }

    private Alert openAlert(ConditionKey key) {
        Alert alert = open.get(key);
        if (alert == null) {
            throw new IllegalStateException("there is no open alert of " + key);
        }
        return alert;
    }

    private void changed(Set<ConditionKey> touched) {
        state = new AlertState(
                state.version() + 1,
                state.checkedAt(),
                conditions(Map.of(), touched),
                state.baselines(),
                state.silences());
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
            Alert alert = open.get(key);
            ConditionState next =
                    conditions.getOrDefault(key, ConditionState.NONE).withOpen(alert == null ? null : openAlert(alert));
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
