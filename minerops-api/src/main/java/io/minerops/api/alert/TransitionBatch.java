package io.minerops.api.alert;

import io.minerops.api.miner.MinerAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What one check decided, to be applied whole or not at all.
 *
 * @param baseVersion the {@link AlertState#version()} that it was computed from
 * @param checkedAt the time of the check
 * @param transitions alerts that begin, are reminded of, or end
 * @param conditions the conditions whose state changed, with their new state; {@link ConditionState#NONE} forgets one.
 *     Stores ignore {@link ConditionState#open()} here and derive it from the transitions
 * @param baselines the baselines that changed
 */
public record TransitionBatch(
        long baseVersion,
        Instant checkedAt,
        List<AlertTransition> transitions,
        Map<ConditionKey, ConditionState> conditions,
        Map<MinerAddress, Baseline> baselines) {
    public TransitionBatch {
        transitions = List.copyOf(transitions);
    }

    /** Whether applying it would change nothing but the time of the last check. */
    public boolean isEmpty() {
        return transitions.isEmpty() && conditions.isEmpty() && baselines.isEmpty();
    }
}
