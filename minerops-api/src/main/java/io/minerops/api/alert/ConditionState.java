package io.minerops.api.alert;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the engine must remember of one rule on one miner between two checks. {@link #NONE} is the same as no state.
 *
 * @param pendingSince since when the condition has held without an alert; null where it does not
 * @param clearSince since when the condition of the open alert has been clear without a break, while the alert is kept
 *     firing; null where it is not clear
 * @param raisedAt when the last alert was raised, kept while it is open or its cooldown runs; null where that is over
 * @param remindedAt when the open alert was last spoken of: at its raising or by a reminder; null without an open alert
 * @param recentRaises when alerts were raised within the rule's flapping window, oldest first; empty where the rule
 *     has none
 * @param escalations how many steps the open alert was escalated; 0 without an open alert
 * @param open the alert that is open; null where none is
 */
public record ConditionState(
        @Nullable Instant pendingSince,
        @Nullable Instant clearSince,
        @Nullable Instant raisedAt,
        @Nullable Instant remindedAt,
        List<Instant> recentRaises,
        int escalations,
        @Nullable OpenAlert open) {
    /** Nothing to remember. */
    public static final ConditionState NONE = new ConditionState(null, null, null, null, List.of(), 0, null);

    public ConditionState {
        recentRaises = List.copyOf(recentRaises);
    }

    /**
     * The part of an open alert that the engine looks at.
     *
     * @param alertId the alert's number
     * @param acknowledged whether a person has taken it
     * @param silenced whether a silence covers it
     */
    public record OpenAlert(long alertId, boolean acknowledged, boolean silenced) {}

    /** A condition that has held since then, without an alert. */
    public static ConditionState pending(Instant since) {
        return new ConditionState(since, null, null, null, List.of(), 0, null);
    }

    /** A condition whose alert was raised then and was not spoken of again. */
    public static ConditionState raised(Instant at) {
        return new ConditionState(null, null, at, at, List.of(), 0, null);
    }

    /**
     * The same with this alert open. Without one there is nothing to be kept firing, reminded of or escalated, so what
     * was remembered for that is dropped.
     */
    public ConditionState withOpen(@Nullable OpenAlert alert) {
        return alert == null
                ? new ConditionState(pendingSince, null, raisedAt, null, recentRaises, 0, null)
                : new ConditionState(pendingSince, clearSince, raisedAt, remindedAt, recentRaises, escalations, alert);
    }

    /** Whether there is nothing to remember. */
    public boolean isNone() {
        return open == null && sameTimes(NONE);
    }

    /** Whether both say the same but for the open alert, which the store derives from its alerts. */
    public boolean sameTimes(ConditionState other) {
        return Objects.equals(pendingSince, other.pendingSince)
                && Objects.equals(clearSince, other.clearSince)
                && Objects.equals(raisedAt, other.raisedAt)
                && Objects.equals(remindedAt, other.remindedAt)
                && escalations == other.escalations
                && recentRaises.equals(other.recentRaises);
    }
}
