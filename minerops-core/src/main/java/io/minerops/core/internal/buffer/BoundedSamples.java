package io.minerops.core.internal.buffer;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.store.HistoryQuery;
import java.time.Instant;
import java.util.Comparator;
import java.util.function.BiConsumer;

/** Gives the samples of a query to its consumer, stored ones first, up to the query's limit. Not thread-safe. */
final class BoundedSamples {
    private final HistoryQuery query;
    private final BiConsumer<Instant, MetricSample> consumer;
    private int given;

    BoundedSamples(HistoryQuery query, BiConsumer<Instant, MetricSample> consumer) {
        this.query = query;
        this.consumer = consumer;
    }

    void accept(Instant at, MetricSample sample) {
        if (given < query.limit()) {
            given++;
            consumer.accept(at, sample);
        }
    }

    void accept(Poll poll) {
        MinerAddress only = query.miner();
        poll.samples().stream()
                .filter(sample -> only == null || sample.miner().equals(only))
                .sorted(Comparator.comparing(MetricSample::miner))
                .forEach(sample -> accept(poll.at(), sample));
    }
}
