package io.minerops.core.alert;

import io.minerops.api.alert.AlertState;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.core.alert.type.EvaluationContext;
import java.time.Instant;

/**
 * Decides which alerts begin, are reminded of, and end.
 *
 * <p>One rule on one miner goes from inactive to pending (while {@code for_minutes} has not passed), to open, and back.
 * At most one alert of it is open. After one was raised, no new one is until the rule's cooldown has passed since; while
 * one stays open and unacknowledged, a reminder is sent once per cooldown. An alert clears only past its clearing
 * limit. An absent reading neither raises nor clears. While a miner has an open offline alert, its other rules rest.
 *
 * <p>An alert whose condition is clear is kept firing for {@code keep_firing_minutes}. More than {@code flap_count}
 * alerts within {@code flap_window_minutes} become one flapping alert, which ends when its condition was clear for that
 * window. The severity of an unacknowledged alert rises after each {@code escalate_after_minutes}. What a
 * silence covers is raised and resolved as usual, and is marked.
 *
 * <p>Thread-safe, because it holds nothing: the same arguments give the same evaluation. Callers that check the same fleet
 * again and again keep an {@link AlertEvaluator}, which keeps what these calls compute each time.
 */
public final class AlertEngine {
    private AlertEngine() {}

    /** Evaluates by the latest readings alone, with {@link EvaluationContext#NONE}; see the other form. */
    public static Evaluation evaluate(RuleSet rules, FleetSnapshot snapshot, AlertState state, Instant now) {
        return evaluate(rules, snapshot, state, now, EvaluationContext.NONE);
    }

    /**
     * Evaluates every rule on every miner.
     *
     * @param rules the rules, compiled
     * @param snapshot the latest readings of every registered miner
     * @param state the state that the last check left
     * @param now the time of this check; where it lies before the last check's, nothing is concluded and the state's
     *     times are moved back to it
     * @param around what is known beside the latest readings
     * @return the changes, to be stored as one batch
     */
    public static Evaluation evaluate(
            RuleSet rules, FleetSnapshot snapshot, AlertState state, Instant now, EvaluationContext around) {
        return new AlertEvaluator()
                .evaluate(rules, snapshot, state, now, around)
                .orElseGet(() -> Evaluation.nothing(state, now));
    }
}
