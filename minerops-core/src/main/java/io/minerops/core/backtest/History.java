package io.minerops.core.backtest;

import io.minerops.api.store.PollConsumer;
import io.minerops.api.store.PollQuery;

/** Where the past comes from, such as {@code store.metrics()::polls}. */
@FunctionalInterface
public interface History {
    /** Gives polls as {@link io.minerops.api.store.MetricStore#polls} does. */
    void polls(PollQuery query, PollConsumer consumer);
}
