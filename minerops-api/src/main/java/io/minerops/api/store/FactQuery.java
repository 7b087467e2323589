package io.minerops.api.store;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.Page;
import io.minerops.api.internal.Check;
import io.minerops.api.miner.FactKind;
import io.minerops.api.miner.MinerAddress;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which facts to list, those stored last first.
 *
 * @param miner only facts of this miner; null for all
 * @param kinds only facts of these kinds; empty for all
 * @param from only facts that held at this time or later; null for no limit
 * @param until only facts that held before this time; null for no limit
 * @param limit how many to return at most, 1 to {@link Page#MAX_LIMIT}
 * @param cursor where the last page ended; null for the first page
 */
public record FactQuery(
        @Nullable MinerAddress miner,
        Set<FactKind> kinds,
        @Nullable Instant from,
        @Nullable Instant until,
        int limit,
        @Nullable String cursor) {
    /**
     * Checks the limit and the times.
     *
     * @throws InvalidArgumentException ({@code limit}, {@code until}) if the limit is out of its range, or the end is not
     *     after the beginning
     */
    public FactQuery {
        kinds = Set.copyOf(kinds);
        Check.between("limit", limit, 1, Page.MAX_LIMIT);
        if (from != null && until != null && !until.isAfter(from)) {
            throw new InvalidArgumentException("until", "until must be after from (" + from + "), not " + until);
        }
    }

    /** The facts of one miner, of all kinds and times. */
    public static FactQuery of(MinerAddress miner) {
        return new FactQuery(miner, Set.of(), null, null, Page.MAX_LIMIT, null);
    }
}
