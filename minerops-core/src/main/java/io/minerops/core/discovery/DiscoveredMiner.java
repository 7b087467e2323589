package io.minerops.core.discovery;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;

/**
 * A miner that answered.
 *
 * @param sample what it measured, and where it answers
 * @param identity what it says it is
 */
public record DiscoveredMiner(MetricSample sample, MinerIdentity identity) {
    /** Where it answers. */
    public MinerAddress address() {
        return sample.miner();
    }
}
