package io.minerops.api.store;

import io.minerops.api.miner.MetricSample;
import java.time.Instant;
import java.util.function.Predicate;

/** Makes polls of a history that is given sample by sample. */
final class PollsOfHistory {
    private final PollQuery query;
    private final Predicate<PollColumns> consumer;
    private final PollColumns poll;
    private boolean begun;
    private boolean wanted = true;

    PollsOfHistory(PollQuery query, Predicate<PollColumns> consumer) {
        this.query = query;
        this.consumer = consumer;
        poll = new PollColumns(query.roster(), query.readings());
    }

    void read(MetricStore store) {
        store.history(new HistoryQuery(null, query.since(), query.until(), null, Integer.MAX_VALUE), this::take);
        give();
    }

    private void take(Instant at, MetricSample sample) {
        if (!begun || poll.epochMillis() != at.toEpochMilli()) {
            give();
            poll.begin(at.toEpochMilli());
            begun = true;
        }
        int row = query.roster().row(sample.miner());
        if (wanted && row >= 0) {
            poll.add(row, sample);
        }
    }

    private void give() {
        if (begun && wanted) {
            wanted = consumer.test(poll);
        }
    }
}
