package io.minerops.core.backtest;

import io.minerops.api.miner.PollConsumer;
import io.minerops.api.miner.PollQuery;

/** Where the past comes from, such as {@code store.metrics()::polls}. */
@FunctionalInterface
public interface History {
    /** Gives polls as {@link io.minerops.api.miner.MetricStore#polls} does. */
    void polls(PollQuery query, PollConsumer consumer);
}
