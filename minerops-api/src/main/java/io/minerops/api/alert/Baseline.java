package io.minerops.api.alert;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import java.time.Instant;

/**
 * The hashrate that a miner has shown when it was healthy.
 *
 * @param samples how many samples the mean stands for, 1 or more
 * @param meanThs their mean, TH/s, above 0
 * @param learnedAt the poll time of the last sample that went into it
 */
public record Baseline(long samples, double meanThs, Instant learnedAt) {
    public Baseline {
        if (samples < 1) {
            throw new InvalidArgumentException("samples", "samples must be at least 1, not " + samples);
        }
        Check.atLeast("mean_ths", meanThs, 0);
    }
}
