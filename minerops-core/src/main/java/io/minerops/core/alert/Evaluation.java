package io.minerops.core.alert;

import io.minerops.api.alert.AlertState;
import io.minerops.api.alert.Baseline;
import io.minerops.api.alert.ConditionKey;
import io.minerops.api.alert.ConditionState;
import io.minerops.api.miner.MinerAddress;
import io.minerops.core.alert.internal.change.AlertChanges;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The result of one check; {@link AlertChanges} makes the rows to store of it.
 *
 * @param baseVersion the {@link AlertState#version()} that it was computed from
 * @param checkedAt the time of the check
 * @param transitions what happened to alerts
 * @param conditions the conditions whose state changed, with their new state; {@link ConditionState#NONE} removes one
 * @param baselines the baselines that changed
 * @param anomalies implausible times, from which nothing was concluded
 */
public record Evaluation(
        long baseVersion,
        Instant checkedAt,
        List<AlertTransition> transitions,
        Map<ConditionKey, ConditionState> conditions,
        Map<MinerAddress, Baseline> baselines,
        List<ClockAnomaly> anomalies) {
    public Evaluation {
        transitions = List.copyOf(transitions);
        anomalies = List.copyOf(anomalies);
    }

    /** A check in which nothing happened. */
    public static Evaluation nothing(AlertState state, Instant now) {
        return new Evaluation(state.version(), now, List.of(), Map.of(), Map.of(), List.of());
    }

    /** An implausible time: nothing was concluded from it, and it is worth one report. */
    public sealed interface ClockAnomaly {
        /**
         * The check's time lies before the last check's.
         *
         * @param last the time of the last check
         * @param now the time of this one
         */
        record SteppedBack(Instant last, Instant now) implements ClockAnomaly {}

        /**
         * A sample's time lies after the check's.
         *
         * @param miner the miner whose sample it is
         * @param sampledAt the sample's time
         */
        record FutureSample(MinerAddress miner, Instant sampledAt) implements ClockAnomaly {}
    }
}
