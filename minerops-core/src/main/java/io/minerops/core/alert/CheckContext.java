package io.minerops.core.alert;

import io.minerops.api.miner.FleetSnapshot;
import java.time.Instant;

/**
 * What conditions may look at in one check.
 *
 * @param snapshot the latest readings
 * @param nowMillis the time of the check, ms since the epoch
 * @param observedSinceMillis since when the fleet has been polled without a gap, ms since the epoch; absence before it
 *     says nothing. {@link Long#MIN_VALUE} where it has always been
 * @param baselines what each miner's hash rate should be
 */
public record CheckContext(
        FleetSnapshot snapshot, long nowMillis, long observedSinceMillis, HashrateBaselines baselines) {
    /** The time of the check. */
    public Instant now() {
        return Instant.ofEpochMilli(nowMillis);
    }
}
