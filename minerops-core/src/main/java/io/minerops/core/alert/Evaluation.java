package io.minerops.core.alert;

import io.minerops.api.alert.TransitionBatch;
import java.util.List;

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
}
