package io.minerops.core.alert;

import java.util.Map;

/** A rule's thresholds made ready to judge miners. Implementations are immutable and pure. */
public interface Condition {
    /** Judges the miner of one row of the context's snapshot. */
    Verdict judge(CheckContext check, int row);

    /** Says in words and numbers what {@link #judge} saw; called only when an alert begins or ends. */
    Finding describe(CheckContext check, int row);

    /**
     * What was found.
     *
     * @param message one sentence for people, with the value and the limit
     * @param details the numbers behind it, each key with its unit
     */
    record Finding(String message, Map<String, Double> details) {}
}
