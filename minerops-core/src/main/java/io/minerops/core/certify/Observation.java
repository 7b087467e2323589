package io.minerops.core.certify;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.MinerReading;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One poll of the miner that is watched.
 *
 * @param at when it was polled
 * @param continuous whether the time since the observation before is known: false for the first of a process, and where the
 *     clock was changed in between
 * @param sample what it measured; null where it did not answer
 * @param identity what it says it is
 * @param failure why there is no sample, in one sentence; null where there is one
 */
public record Observation(
        Instant at,
        boolean continuous,
        @Nullable MetricSample sample,
        MinerIdentity identity,
        @Nullable String failure) {

    /** The miner answered. */
    public static Observation answered(Instant at, boolean continuous, MetricSample sample, MinerIdentity identity) {
        return new Observation(at, continuous, sample, identity, null);
    }

    /** The miner did not answer, or not with readings. */
    public static Observation unanswered(Instant at, boolean continuous, String failure) {
        return new Observation(at, continuous, null, MinerIdentity.UNKNOWN, failure);
    }

    /** What came of one attempt to read the miner; empty where this machine could not make the attempt. */
    public static Optional<Observation> of(Instant at, boolean continuous, MinerReading reading) {
        if (reading instanceof MinerReading.NotRead) {
            return Optional.empty();
        }
        return Optional.of(
                reading instanceof MinerReading.Ok ok
                        ? answered(at, continuous, ok.sample(), ok.identity())
                        : unanswered(at, continuous, reading.describe()));
    }
}
