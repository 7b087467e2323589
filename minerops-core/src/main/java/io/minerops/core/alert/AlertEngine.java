package io.minerops.core.alert;

import io.minerops.api.alert.AlertState;
import io.minerops.api.alert.ConditionKey;
import io.minerops.api.alert.ConditionState;
import io.minerops.api.alert.TransitionBatch;
import io.minerops.api.miner.FleetSnapshot;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides which alerts begin, are reminded of, and end.
 *
 * <p>One rule on one miner goes from inactive to pending (while {@code for_minutes} has not passed), to open, and back.
 * At most one alert of it is open. After one was raised, no new one is until the rule's cooldown has passed since; while
 * one stays open and nobody has taken it, it is reminded of once per cooldown. An alert clears only past its clearing
 * limit. An absent reading neither raises nor clears. While a miner has an open offline alert, its other rules rest.
 *
 * <p>Thread-safe, because it holds nothing: the same arguments give the same evaluation.
 */
public final class AlertEngine {
    private AlertEngine() {}

    /** Evaluates with the fleet taken as observed for ever: see the longer form. */
    public static Evaluation evaluate(RuleSet rules, FleetSnapshot snapshot, AlertState state, Instant now) {
        return evaluate(rules, snapshot, state, now, null);
    }

    /**
     * Evaluates every rule on every miner.
     *
     * @param rules the rules, compiled
     * @param snapshot the latest readings of every registered miner
     * @param state the state that the last check left
     * @param now the time of this check; where it lies before the last check's, nothing is concluded and the state's
     *     times are moved back to it
     * @param observedSince since when the fleet has been polled without a gap: a miner is not offline for a time in
     *     which nobody looked; null where it has always been
     * @return the changes, to be stored as one batch
     */
    public static Evaluation evaluate(
            RuleSet rules, FleetSnapshot snapshot, AlertState state, Instant now, @Nullable Instant observedSince) {
        Instant last = state.checkedAt();
        if (last != null && now.isBefore(last)) {
            return steppedBack(state, last, now);
        }
        return new FleetCheck(rules, snapshot, state, now, observedSince).run();
    }

    private static Evaluation steppedBack(AlertState state, Instant last, Instant now) {
        Map<ConditionKey, ConditionState> moved = new HashMap<>();
        state.conditions().forEach((key, condition) -> {
            ConditionState earlier = new ConditionState(
                    notAfter(condition.pendingSince(), now),
                    notAfter(condition.raisedAt(), now),
                    notAfter(condition.remindedAt(), now),
                    condition.open());
            if (!earlier.equals(condition)) {
                moved.put(key, earlier);
            }
        });
        TransitionBatch batch = new TransitionBatch(state.version(), now, List.of(), moved, Map.of());
        return new Evaluation(batch, List.of(new ClockAnomaly.SteppedBack(last, now)));
    }

    private static @Nullable Instant notAfter(@Nullable Instant time, Instant now) {
        return time != null && time.isAfter(now) ? now : time;
    }
}
