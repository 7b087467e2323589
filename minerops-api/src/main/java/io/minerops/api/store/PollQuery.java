package io.minerops.api.store;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.miner.MinerIndex;
import io.minerops.api.miner.Reading;
import java.time.Instant;
import java.util.Set;

/**
 * Which polls of the raw history to read, and how much of each.
 *
 * @param roster the requested miners; others are left out
 * @param since the first poll time, included
 * @param until the last poll time, excluded; after {@code since}
 * @param readings what is read of each sample beside its state of work; all else counts as absent. Whether power is
 *     estimated belongs to {@link Reading#POWER_W}, and the pool to {@link Reading#POOLS_ALIVE}
 */
public record PollQuery(MinerIndex roster, Instant since, Instant until, Set<Reading> readings) {
    /**
     * Copies the set of readings.
     *
     * @throws InvalidArgumentException ({@code until}) if it is not after {@code since}
     */
    public PollQuery {
        if (!since.isBefore(until)) {
            throw new InvalidArgumentException("until", "until must be after since (" + since + "), not " + until);
        }
        readings = Set.copyOf(readings);
    }
}
