package io.minerops.api.store;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import io.minerops.api.miner.MinerAddress;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which samples to read.
 *
 * @param miner the miner; null for every miner
 * @param since the first poll time, included
 * @param until the last poll time, excluded; after {@code since}
 * @param step the length of the buckets to average over, at least 1 s, aligned to the epoch; null for raw samples
 * @param limit how many samples to return at most, 1 or more
 */
public record HistoryQuery(
        @Nullable MinerAddress miner,
        Instant since,
        Instant until,
        @Nullable Duration step,
        int limit) {
    /**
     * Checks the figures.
     *
     * @throws InvalidArgumentException ({@code until}, {@code step}, {@code limit}) if one is out of its range
     */
    public HistoryQuery {
        if (!since.isBefore(until)) {
            throw new InvalidArgumentException("until", "until must be after since (" + since + "), not " + until);
        }
        if (step != null && step.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new InvalidArgumentException("step", "step must be at least 1 s, not " + step);
        }
        Check.between("limit", limit, 1, Integer.MAX_VALUE);
    }
}
