package io.minerops.api.store;

import io.minerops.api.miner.MetricSample;
import java.time.Instant;

/** Takes stored samples one at a time. */
@FunctionalInterface
public interface SampleConsumer {
    /**
     * Takes the next sample.
     *
     * @param at the poll's time, or the start of the bucket if a step was requested
     * @param sample the readings; in a bucket each is the mean of the samples that had it, and the pool
     *     is the last that was said
     */
    void accept(Instant at, MetricSample sample);
}
