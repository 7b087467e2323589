package io.minerops.core.alert;

import io.minerops.api.alert.ConditionState;
import io.minerops.api.alert.ConditionState.OpenAlert;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One step of the state machine of one rule on one miner: inactive, pending, open, and closed with its cooldown still
 * running.
 *
 * @param next the state after the step; its open alert is that of the state before, or none
 * @param change what the step did
 */
record ConditionStep(ConditionState next, Change change) {
    enum Change {
        NONE,
        RAISE,
        REMIND,
        CLEAR
    }

    static ConditionStep of(CompiledRule rule, ConditionState state, Verdict verdict, Instant now) {
        return state.open() == null
                ? whileClosed(rule, state, verdict, now)
                : whileOpen(rule, state, state.open(), verdict, now);
    }

    /** The state of a condition that is not watched any more: only a cooldown runs on. */
    static ConditionState withdrawn(Duration cooldown, ConditionState state, Instant now) {
        return new ConditionState(null, runningCooldown(cooldown, state, now), null, null);
    }

    private static ConditionStep whileOpen(
            CompiledRule rule, ConditionState state, OpenAlert open, Verdict verdict, Instant now) {
        if (verdict == Verdict.CLEAR) {
            return new ConditionStep(withdrawn(rule.rule().cooldown(), state, now), Change.CLEAR);
        }
        Duration cooldown = rule.rule().cooldown();
        Instant spokenOf = state.remindedAt() != null ? state.remindedAt() : state.raisedAt();
        boolean reminderDue = !open.acknowledged()
                && !cooldown.isZero()
                && spokenOf != null
                && !now.isBefore(spokenOf.plus(cooldown));
        return reminderDue
                ? new ConditionStep(new ConditionState(null, state.raisedAt(), now, open), Change.REMIND)
                : new ConditionStep(state, Change.NONE);
    }

    private static ConditionStep whileClosed(CompiledRule rule, ConditionState state, Verdict verdict, Instant now) {
        Instant cooling = runningCooldown(rule.rule().cooldown(), state, now);
        if (verdict == Verdict.UNKNOWN) {
            return new ConditionStep(new ConditionState(state.pendingSince(), cooling, null, null), Change.NONE);
        } else if (verdict != Verdict.VIOLATED) {
            return new ConditionStep(new ConditionState(null, cooling, null, null), Change.NONE);
        }
        Instant since = state.pendingSince() != null ? state.pendingSince() : now;
        boolean held = !now.isBefore(since.plus(rule.pendingTime()));
        if (held && cooling == null) {
            return new ConditionStep(new ConditionState(null, now, now, null), Change.RAISE);
        }
        // without a pending time there is nothing to remember while a cooldown holds the alert back
        Instant pending = rule.pendingTime().isZero() ? null : since;
        return new ConditionStep(new ConditionState(pending, cooling, null, null), Change.NONE);
    }

    private static @Nullable Instant runningCooldown(Duration cooldown, ConditionState state, Instant now) {
        Instant raisedAt = state.raisedAt();
        return raisedAt != null && now.isBefore(raisedAt.plus(cooldown)) ? raisedAt : null;
    }
}
