package io.minerops.core.alert;

import io.minerops.api.alert.AlertState;
import io.minerops.api.alert.TransitionBatch;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What one check came to.
 *
 * @param batch what is to be stored
 * @param anomalies times that cannot be, from which nothing was concluded
 */
public record Evaluation(TransitionBatch batch, List<ClockAnomaly> anomalies) {
    public Evaluation {
        anomalies = List.copyOf(anomalies);
    }

    /** A check in which nothing happened. */
    public static Evaluation nothing(AlertState state, Instant now) {
        return new Evaluation(new TransitionBatch(state.version(), now, List.of(), Map.of(), Map.of()), List.of());
    }
}
