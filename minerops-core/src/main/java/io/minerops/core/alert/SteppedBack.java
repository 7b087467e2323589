package io.minerops.core.alert;

import io.minerops.api.alert.AlertState;
import io.minerops.api.alert.ConditionKey;
import io.minerops.api.alert.ConditionState;
import io.minerops.core.alert.Evaluation.ClockAnomaly;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a check does whose time lies before the last one's: it concludes nothing and moves the state's times back. */
final class SteppedBack {
    private SteppedBack() {}

    static Evaluation evaluate(AlertState state, Instant last, Instant now) {
        Map<ConditionKey, ConditionState> moved = new HashMap<>();
        state.conditions().forEach((key, condition) -> {
            ConditionState earlier = notAfter(condition, now);
            if (!earlier.equals(condition)) {
                moved.put(key, earlier);
            }
        });
        return new Evaluation(
                state.version(), now, List.of(), moved, Map.of(), List.of(new ClockAnomaly.SteppedBack(last, now)));
    }

    private static ConditionState notAfter(ConditionState condition, Instant now) {
        return new ConditionState(
                notAfter(condition.pendingSince(), now),
                notAfter(condition.clearSince(), now),
                notAfter(condition.raisedAt(), now),
                notAfter(condition.remindedAt(), now),
                condition.recentRaises().stream()
                        .map(at -> at.isAfter(now) ? now : at)
                        .toList(),
                condition.escalations(),
                condition.open());
    }

    private static @Nullable Instant notAfter(@Nullable Instant time, Instant now) {
        return time != null && time.isAfter(now) ? now : time;
    }
}
