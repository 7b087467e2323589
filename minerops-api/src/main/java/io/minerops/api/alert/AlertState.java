package io.minerops.api.alert;

import io.minerops.api.miner.MinerAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that the engine needs to know of the past, at one consistent point.
 *
 * @param version moves with every change of alert state; a batch computed from an older one is refused
 * @param checkedAt the time of the last check that was applied; null before the first
 * @param conditions the conditions with something to remember; all others are at rest
 * @param baselines learned baselines of miners without a nominal hashrate
 * @param silences every silence, those that are over or to come included
 */
public record AlertState(
        long version,
        @Nullable Instant checkedAt,
        Map<ConditionKey, ConditionState> conditions,
        Map<MinerAddress, Baseline> baselines,
        List<Silence> silences) {
    /** The state before the first check. */
    public static final AlertState INITIAL = new AlertState(0, null, Map.of(), Map.of(), List.of());
}
