package io.minerops.api.alert;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the engine must remember of one rule on one miner between two checks. All fields null is the same as no state.
 *
 * @param pendingSince since when the condition has held without an alert; null where it does not
 * @param raisedAt when the last alert was raised, kept while its cooldown runs; null where that is over
 * @param remindedAt when the open alert was last spoken of: at its raising or by a reminder; null without an open alert
 * @param open the alert that is open; null where none is
 */
public record ConditionState(
        @Nullable Instant pendingSince,
        @Nullable Instant raisedAt,
        @Nullable Instant remindedAt,
        @Nullable OpenAlert open) {
    /** Nothing to remember. */
    public static final ConditionState NONE = new ConditionState(null, null, null, null);

    /**
     * The part of an open alert that the engine looks at.
     *
     * @param alertId the alert's number
     * @param acknowledged whether a person has taken it
     */
    public record OpenAlert(long alertId, boolean acknowledged) {}

    /** Whether there is nothing to remember. */
    public boolean isNone() {
        return equals(NONE);
    }

    /** Whether both say the same but for the open alert, which the store derives from its alerts. */
    public boolean sameTimes(ConditionState other) {
        return Objects.equals(pendingSince, other.pendingSince)
                && Objects.equals(raisedAt, other.raisedAt)
                && Objects.equals(remindedAt, other.remindedAt);
    }
}
