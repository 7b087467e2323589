package io.minerops.core.alert;

import io.minerops.api.alert.ConditionState;
import io.minerops.api.alert.ConditionState.OpenAlert;
import io.minerops.core.alert.type.RuleTimes;
import io.minerops.core.alert.type.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of one rule on one miner: inactive, pending, open, and closed with its cooldown still running. A step
 * gives the next state; its open alert is that of the state before, or none. What happened is read off the two states,
 * so that it is said in one vocabulary only, {@link AlertTransition}.
 */
final class ConditionStep {
    private ConditionStep() {}

    /** Whether a step raised an alert: only then is a condition without an open alert one that was just reported. */
    static boolean raised(ConditionState before, ConditionState next) {
        return before.open() == null && next.remindedAt() != null;
    }

    /** Whether a step ended the open alert. */
    static boolean cleared(ConditionState before, ConditionState next) {
        return before.open() != null && next.open() == null;
    }

    /** Whether a step escalated the open alert. */
    static boolean escalated(ConditionState before, ConditionState next) {
        return before.open() != null && next.escalations() > before.escalations();
    }

    /** Whether a step reported the open alert again, by a reminder or an escalation. */
    static boolean reported(ConditionState before, ConditionState next) {
        return before.open() != null && next.open() != null && !Objects.equals(before.remindedAt(), next.remindedAt());
    }

    /** The state after a step; null where everything stays as it is. */
    static @Nullable ConditionState of(RuleTimes times, ConditionState state, Verdict verdict, Instant now) {
        return state.open() == null
                ? whileClosed(times, state, verdict, now)
                : whileOpen(times, state, state.open(), verdict, now);
    }

    /** The state of a condition that is not watched any more: only a cooldown and the count of raises run on. */
    static ConditionState withdrawn(RuleTimes times, ConditionState state, Instant now) {
        return closed(null, times, state, now);
    }

    /** Whether the last raise was one too many for the rule's flapping window. */
    static boolean isFlapping(RuleTimes times, ConditionState state) {
        return times.flapCount() > 0 && state.recentRaises().size() > times.flapCount();
    }

    private static @Nullable ConditionState whileOpen(
            RuleTimes times, ConditionState state, OpenAlert open, Verdict verdict, Instant now) {
        if (verdict == Verdict.CLEAR) {
            return whileClearing(times, state, now);
        } else if (verdict == Verdict.UNKNOWN && state.clearSince() != null) {
            return null;
        }
        boolean leftAlone = !open.acknowledged();
        if (leftAlone && escalationDue(times, state, now)) {
            return spokenOf(state, now, state.escalations() + 1);
        } else if (leftAlone && reminderDue(times, state, now)) {
            return spokenOf(state, now, state.escalations());
        } else if (state.clearSince() != null) {
            return clearSince(state, null);
        }
        return null;
    }

    /** An alert that is clear is kept firing for as long as its rule requires; a flapping one for the flapping window. */
    private static @Nullable ConditionState whileClearing(RuleTimes times, ConditionState state, Instant now) {
        long keepFiring = Math.max(times.keepFiring(), isFlapping(times, state) ? times.flapWindow() : 0);
        Instant since = state.clearSince() == null ? now : state.clearSince();
        if (passed(since, now) >= keepFiring) {
            return closed(null, times, state, now);
        }
        return state.clearSince() == null ? clearSince(state, now) : null;
    }

    private static boolean escalationDue(RuleTimes times, ConditionState state, Instant now) {
        return times.escalateAfter() > 0
                && state.escalations() < times.escalationSteps()
                && state.raisedAt() != null
                && passed(state.raisedAt(), now) >= times.escalateAfter() * (state.escalations() + 1L);
    }

    private static boolean reminderDue(RuleTimes times, ConditionState state, Instant now) {
        Instant spokenOf = state.remindedAt() != null ? state.remindedAt() : state.raisedAt();
        return times.cooldown() > 0 && spokenOf != null && passed(spokenOf, now) >= times.cooldown();
    }

    private static ConditionState spokenOf(ConditionState state, Instant now, int escalations) {
        return new ConditionState(null, null, state.raisedAt(), now, state.recentRaises(), escalations, state.open());
    }

    private static ConditionState clearSince(ConditionState state, @Nullable Instant since) {
        return new ConditionState(
                null,
                since,
                state.raisedAt(),
                state.remindedAt(),
                state.recentRaises(),
                state.escalations(),
                state.open());
    }

    private static @Nullable ConditionState whileClosed(
            RuleTimes times, ConditionState state, Verdict verdict, Instant now) {
        if (verdict == Verdict.UNKNOWN) {
            return changed(state, closed(state.pendingSince(), times, state, now));
        } else if (verdict != Verdict.VIOLATED) {
            return changed(state, closed(null, times, state, now));
        }
        Instant since = state.pendingSince() != null ? state.pendingSince() : now;
        if (passed(since, now) >= times.pending() && !cooling(times, state, now)) {
            return raised(times, state, now);
        }
        // without a pending time there is nothing to remember while a cooldown holds the alert back
        return changed(state, closed(times.pending() == 0 ? null : since, times, state, now));
    }

    private static ConditionState raised(RuleTimes times, ConditionState state, Instant now) {
        if (times.flapCount() == 0) {
            return ConditionState.raised(now);
        }
        List<Instant> raises = new ArrayList<>(withinWindow(times, state, now));
        raises.add(now);
        // one more than are let through says all that a longer list would
        List<Instant> kept = raises.subList(Math.max(0, raises.size() - times.flapCount() - 1), raises.size());
        return new ConditionState(null, null, now, now, kept, 0, null);
    }

    private static ConditionState closed(
            @Nullable Instant pendingSince, RuleTimes times, ConditionState state, Instant now) {
        Instant raisedAt = cooling(times, state, now) ? state.raisedAt() : null;
        List<Instant> raises = withinWindow(times, state, now);
        return pendingSince == null && raisedAt == null && raises.isEmpty()
                ? ConditionState.NONE
                : new ConditionState(pendingSince, null, raisedAt, null, raises, 0, null);
    }

    private static @Nullable ConditionState changed(ConditionState state, ConditionState next) {
        return next.sameTimes(state) ? null : next;
    }

    private static List<Instant> withinWindow(RuleTimes times, ConditionState state, Instant now) {
        if (state.recentRaises().isEmpty() || times.flapCount() == 0) {
            return List.of();
        }
        return passed(state.recentRaises().get(0), now) < times.flapWindow()
                ? state.recentRaises()
                : state.recentRaises().stream()
                        .filter(at -> passed(at, now) < times.flapWindow())
                        .toList();
    }

    private static boolean cooling(RuleTimes times, ConditionState state, Instant now) {
        Instant raisedAt = state.raisedAt();
        return raisedAt != null && passed(raisedAt, now) < times.cooldown();
    }

    private static long passed(Instant since, Instant now) {
        Objects.requireNonNull(since);
        return now.toEpochMilli() - since.toEpochMilli();
    }
}
