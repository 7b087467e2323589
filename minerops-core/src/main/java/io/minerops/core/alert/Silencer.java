package io.minerops.core.alert;

import io.minerops.api.alert.AlertState;
import io.minerops.api.alert.ConditionKey;
import io.minerops.api.alert.ConditionState.OpenAlert;
import io.minerops.api.alert.Silence;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIndex;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Marks what a silence covers: alerts that begin in one, and open ones that one begins or ceases to cover. */
final class Silencer {
    private final MinerIndex roster;

    Silencer(MinerIndex roster) {
        this.roster = roster;
    }

    /**
     * Adds what silences change to what a check found.
     *
     * @param anyMarked whether an open alert is marked as silenced
     */
    void apply(AlertState state, Instant now, boolean anyMarked, List<AlertTransition> transitions) {
        if (!anyMarked && !anyActive(state.silences(), now)) {
            return;
        }
        List<Silence> active = state.silences().stream()
                .filter(silence -> silence.isActive(now))
                .toList();
        Set<ConditionKey> ending = new HashSet<>();
        for (int i = 0; i < transitions.size(); i++) {
            AlertTransition transition = transitions.get(i);
            if (transition instanceof AlertTransition.Raised raised) {
                transitions.set(i, isCovered(raised.key(), active) ? raised.inSilence() : raised);
            } else if (transition instanceof AlertTransition.Cleared
                    || transition instanceof AlertTransition.Withdrawn) {
                ending.add(transition.key());
            }
        }
        List<AlertTransition> marks = new ArrayList<>();
        state.conditions().forEach((key, condition) -> {
            OpenAlert open = condition.open();
            if (open == null) {
                return;
            }
            boolean covered = isCovered(key, active);
            if (covered && !open.silenced()) {
                marks.add(new AlertTransition.Silenced(key, now, open.alertId()));
            } else if (!covered && open.silenced() && !ending.contains(key)) {
                // no message for an alert that ends at the same time
                marks.add(new AlertTransition.Unsilenced(key, now, open.alertId()));
            }
        });
        transitions.addAll(marks);
    }

    private boolean isCovered(ConditionKey key, List<Silence> active) {
        MinerAddress miner = key.miner();
        if (miner == null) {
            return active.stream().anyMatch(silence -> silence.coversScope(key.ruleId()));
        }
        int row = roster.row(miner);
        return row >= 0 && active.stream().anyMatch(silence -> silence.covers(roster.miner(row), key.ruleId()));
    }

    private static boolean anyActive(List<Silence> silences, Instant now) {
        for (int i = 0; i < silences.size(); i++) {
            if (silences.get(i).isActive(now)) {
                return true;
            }
        }
        return false;
    }
}
