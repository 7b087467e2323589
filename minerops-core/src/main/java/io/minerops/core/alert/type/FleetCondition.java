package io.minerops.core.alert.type;

/** A rule's thresholds made ready to judge the miners of its scope together. Implementations are immutable and pure. */
public non-sealed interface FleetCondition extends Condition {
    /** Judges the miners of these rows of the context's snapshot as one. */
    Verdict judge(CheckContext check, Rows rows);

    /** Describes in text and numbers what {@link #judge} saw; called only when an alert begins or ends. */
    Finding describe(CheckContext check, Rows rows);
}
