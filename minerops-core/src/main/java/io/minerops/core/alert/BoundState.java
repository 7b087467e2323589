package io.minerops.core.alert;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.ConditionKey;
import io.minerops.api.alert.ConditionState;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIndex;
import io.minerops.core.alert.type.RuleTimes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lays the state that the last check left over the rows of the rules that it belongs to. */
final class BoundState {
    private final RuleSet rules;
    private final MinerIndex roster;
    private final Map<Long, BoundRule> active = new HashMap<>();
    private final List<Lost> lost = new ArrayList<>();
    private @Nullable Map<ConditionKey, ConditionState> conditions;
    private boolean anySilenced;

    /** Instead of a row: the miner is not registered any more. */
    private static final int REMOVED = -2;

    /** A condition that no rule watches any more. */
    private record Lost(
            ConditionKey key,
            ConditionState state,
            @Nullable BoundRule rule,
            int row) {}

    BoundState(RuleSet rules, MinerIndex roster, List<BoundRule> watched) {
        this.rules = rules;
        this.roster = roster;
        watched.forEach(rule -> active.put(rule.rule().id(), rule));
    }

    /** Takes in another state; the same map again is the same state. */
    void moveTo(Map<ConditionKey, ConditionState> latest) {
        if (latest == conditions) {
            return;
        }
        conditions = latest;
        lost.clear();
        anySilenced = false;
        for (BoundRule rule : active.values()) {
            rule.forget();
            rule.tally().markedBefore = 0;
        }
        latest.forEach((key, condition) -> {
            boolean marked = isMarked(condition);
            anySilenced |= marked;
            BoundRule rule = active.get(key.ruleId());
            int row = row(key.miner());
            if (rule != null && rule.covers(row)) {
                rule.remember(row, roster.size(), condition);
                rule.tally().markedBefore += marked ? 1 : 0;
            } else if (!rules.rejected().containsKey(key.ruleId())) {
                lost.add(new Lost(key, condition, rule, row));
            }
        });
    }

    private int row(@Nullable MinerAddress miner) {
        if (miner == null) {
            return BoundRule.WHOLE_SCOPE;
        }
        int row = roster.row(miner);
        return row < 0 ? REMOVED : row;
    }

    /** Whether an open alert is marked as silenced. */
    boolean anySilenced() {
        return anySilenced;
    }

    /** Counts transitions for their rules; those of rules that are not watched any more count for none. */
    void tally(List<AlertTransition> transitions) {
        for (int i = 0; i < transitions.size(); i++) {
            AlertTransition transition = transitions.get(i);
            BoundRule rule = active.get(transition.key().ruleId());
            if (rule != null) {
                rule.tally().add(transition);
                boolean marked = transition instanceof AlertTransition.Raised raised && raised.silenced();
                rule.tally().marked(marked ? 1 : 0);
            }
        }
        // where no silence is about, the ends of a storm need not be looked up one by one
        if (anySilenced || isAnySilenced(transitions)) {
            tallyMarks(transitions);
        }
    }

    private void tallyMarks(List<AlertTransition> transitions) {
        Set<ConditionKey> ended = new HashSet<>();
        for (AlertTransition transition : transitions) {
            ConditionKey key = transition.key();
            BoundRule rule = active.get(key.ruleId());
            if (rule == null) {
                continue;
            }
            if (transition instanceof AlertTransition.Cleared) {
                ended.add(key);
                rule.tally().marked(isMarked(key) ? -1 : 0);
            } else if (transition instanceof AlertTransition.Withdrawn) {
                // its mark was not counted, because the rule does not cover it any more
                ended.add(key);
            } else if (transition instanceof AlertTransition.Unsilenced) {
                rule.tally().marked(-1);
            } else if (transition instanceof AlertTransition.Silenced) {
                // an alert that ends in the same check is marked too, but not open any more
                rule.tally().marked(ended.contains(key) ? 0 : 1);
            }
        }
    }

    private static boolean isAnySilenced(List<AlertTransition> transitions) {
        for (int i = 0; i < transitions.size(); i++) {
            if (transitions.get(i) instanceof AlertTransition.Silenced) {
                return true;
            }
        }
        return false;
    }

    private boolean isMarked(ConditionKey key) {
        return conditions != null && isMarked(conditions.get(key));
    }

    private static boolean isMarked(@Nullable ConditionState state) {
        return state != null && state.open() != null && state.open().silenced();
    }

    /** Ends what no rule watches any more. */
    void withdrawLost(Instant now, List<AlertTransition> transitions, Map<ConditionKey, ConditionState> changed) {
        for (int i = 0; i < lost.size(); i++) {
            withdraw(lost.get(i), now, transitions, changed);
        }
    }

    private void withdraw(
            Lost condition, Instant now, List<AlertTransition> transitions, Map<ConditionKey, ConditionState> changed) {
        ConditionKey key = condition.key();
        AlertRule stored = rules.all().get(key.ruleId());
        ConditionState.OpenAlert open = condition.state().open();
        if (open != null) {
            String why = stored == null
                    ? "The rule was deleted"
                    : condition.rule() == null
                            ? "The rule was disabled"
                            : condition.row() == REMOVED
                                    ? "The miner was removed"
                                    : key.miner() == null
                                            ? "The rule no longer watches its miners as one"
                                            : "The rule no longer covers this miner";
            transitions.add(new AlertTransition.Withdrawn(key, now, open.alertId(), why));
        }
        ConditionState next = stored == null || condition.row() == REMOVED
                ? ConditionState.NONE
                : ConditionStep.withdrawn(RuleTimes.of(stored), condition.state(), now);
        if (!condition.state().sameTimes(next)) {
            changed.put(key, next);
        }
    }
}
