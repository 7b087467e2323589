package io.minerops.api.miner;

import io.minerops.api.InvalidArgumentException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one poll of the fleet brought home.
 *
 * @param at the poll's time, borne by all its samples; stores keep milliseconds
 * @param samples one per miner that answered, at most one per miner
 * @param identities what miners said they are, where that is to be written down; may name fewer miners than answered
 */
public record Poll(Instant at, List<MetricSample> samples, Map<MinerAddress, MinerIdentity> identities) {
    public Poll {
        samples = List.copyOf(samples);
        identities = Map.copyOf(identities);
        Set<MinerAddress> seen = new HashSet<>(samples.size() * 2);
        for (MetricSample sample : samples) {
            if (!seen.add(sample.miner())) {
                throw new InvalidArgumentException(
                        "samples", "samples must hold each miner once, but " + sample.miner() + " is there twice");
            }
        }
    }

    /** A poll of which no identity is to be written down. */
    public static Poll of(Instant at, List<MetricSample> samples) {
        return new Poll(at, samples, Map.of());
    }
}
