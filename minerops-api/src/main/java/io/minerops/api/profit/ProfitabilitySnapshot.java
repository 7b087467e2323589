package io.minerops.api.profit;

import io.minerops.api.internal.Check;
import io.minerops.api.miner.MinerAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a miner or the fleet earned by the figures of one moment.
 *
 * @param at the moment; stores keep milliseconds
 * @param miner the miner; null for the fleet
 * @param minerCount how many miners are in it, 0 or more
 * @param powerEstimated whether any power in it is nominal rather than measured, or unknown and counted as nothing
 * @param profitability the figures
 */
public record ProfitabilitySnapshot(
        Instant at, @Nullable MinerAddress miner, int minerCount, boolean powerEstimated, Profitability profitability) {
    public ProfitabilitySnapshot {
        Check.between("miner_count", minerCount, 0, Integer.MAX_VALUE);
    }
}
