package io.minerops.core.alert;

import io.minerops.api.alert.ConditionKey;
import io.minerops.api.alert.ConditionState;
import io.minerops.api.alert.ConditionState.OpenAlert;
import io.minerops.core.alert.type.CheckContext;
import io.minerops.core.alert.type.Condition;
import io.minerops.core.alert.type.Limits;
import io.minerops.core.alert.type.Verdict;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Takes conditions a step further and writes down what follows from it. */
final class ConditionStepper {
    private final CheckContext context;
    private Map<ConditionKey, ConditionState> changed = new LinkedHashMap<>();
    private int room;
    private Instant now = Instant.EPOCH;

    ConditionStepper(CheckContext context) {
        this.context = context;
    }

    /**
     * Begins another check.
     *
     * @param remembered how many conditions have a state, each of which may end at once: a map that grows to a storm's
     *     size step by step is copied as often
     */
    void begin(Instant checkedAt, int remembered) {
        if (!changed.isEmpty() || room < remembered) {
            room = remembered;
            changed = new LinkedHashMap<>(2 * remembered);
        }
        now = checkedAt;
    }

    /** The states that became others in this check; the next one writes to another map. */
    Map<ConditionKey, ConditionState> changed() {
        return changed;
    }

    /** Takes one condition a step further and says whether an alert is open after it. */
    boolean step(BoundRule rule, int row, ConditionState state, Verdict verdict) {
        boolean violated = verdict == Verdict.VIOLATED;
        RuleTally tally = rule.tally();
        tally.violated += violated ? 1 : 0;
        ConditionState step = stepFrom(rule, state, verdict);
        ConditionState next = step == null ? state : step;
        if (step != null) {
            take(rule, row, state, step);
        }
        boolean open = next.open() != null || (step != null && ConditionStep.raised(state, step));
        tally.open += open ? 1 : 0;
        tally.pending += !open && next.pendingSince() != null ? 1 : 0;
        tally.coolingDown += !open && violated && next.raisedAt() != null ? 1 : 0;
        return open;
    }

    private @Nullable ConditionState stepFrom(BoundRule rule, ConditionState state, Verdict verdict) {
        if (state.isNone()) {
            return verdict == Verdict.VIOLATED ? rule.firstStep(now) : null;
        }
        return ConditionStep.of(rule.rule().times(), state, verdict, now);
    }

    private void take(BoundRule rule, int row, ConditionState before, ConditionState next) {
        ConditionKey key = new ConditionKey(
                rule.rule().id(),
                row == BoundRule.WHOLE_SCOPE
                        ? null
                        : context.snapshot().miner(row).address());
        AlertTransition transition = transition(rule, key, row, before, next);
        if (transition != null) {
            rule.found().add(transition);
        }
        if (!before.sameTimes(next)) {
            changed.put(key, next);
        }
    }

    private @Nullable AlertTransition transition(
            BoundRule rule, ConditionKey key, int row, ConditionState before, ConditionState next) {
        if (ConditionStep.raised(before, next)) {
            return raised(rule, key, row, next);
        } else if (ConditionStep.cleared(before, next)) {
            String note = rule.describe(context, row).message();
            return new AlertTransition.Cleared(key, now, openId(before.open()), note);
        } else if (ConditionStep.escalated(before, next)) {
            return new AlertTransition.Escalated(
                    key,
                    now,
                    openId(before.open()),
                    next.escalations(),
                    rule.rule().rule(),
                    rule.rule().times().severityAfter(next.escalations()),
                    List.of());
        }
        return ConditionStep.reported(before, next)
                ? new AlertTransition.Reminded(key, now, openId(before.open()))
                : null;
    }

    private AlertTransition raised(BoundRule bound, ConditionKey key, int row, ConditionState next) {
        CompiledRule rule = bound.rule();
        Condition.Finding finding = bound.describe(context, row);
        String message = finding.message();
        Map<String, Double> details = finding.details();
        if (ConditionStep.isFlapping(rule.times(), next)) {
            int raises = next.recentRaises().size();
            String window = Limits.number(rule.times().flapWindow() / 60_000.0);
            message += "; flapping: raised " + raises + " times within " + window
                    + " min, so it stays open until it was clear for as long";
            details = new TreeMap<>(details);
            details.put("flap_raises", (double) raises);
        }
        return new AlertTransition.Raised(key, now, rule.rule(), message, details, List.of(), false);
    }

    private static long openId(@Nullable OpenAlert open) {
        return Objects.requireNonNull(open, "only an open alert is spoken of again or cleared")
                .alertId();
    }
}
