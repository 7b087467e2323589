package io.minerops.api.store;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.miner.MinerAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which roll-ups to read.
 *
 * @param miner the miner; null for every miner
 * @param span {@link HistorySource#HOURLY} or {@link HistorySource#DAILY}
 * @param since the first beginning of an hour or UTC day, included
 * @param until the last beginning, excluded; after {@code since}
 */
public record RollupQuery(@Nullable MinerAddress miner, HistorySource span, Instant since, Instant until) {
    /**
     * Checks the figures.
     *
     * @throws InvalidArgumentException ({@code span}, {@code until}) if one is out of its range
     */
    public RollupQuery {
        if (span == HistorySource.RAW) {
            throw new InvalidArgumentException("span", "span must be hourly or daily, not raw");
        }
        if (!since.isBefore(until)) {
            throw new InvalidArgumentException("until", "until must be after since (" + since + "), not " + until);
        }
    }
}
