package io.minerops.api.store;

import io.minerops.api.Page;
import io.minerops.api.event.Event;
import io.minerops.api.internal.Check;
import io.minerops.api.miner.MinerAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which events to list, newest first.
 *
 * @param level the minimum level; {@link Event.Level#INFO} for every level
 * @param miner only events about this miner; null for all
 * @param since only events at or after this time; null for all
 * @param limit how many to return at most, 1 to {@link Page#MAX_LIMIT}
 * @param cursor where the last page ended; null for the first page
 */
public record EventQuery(
        Event.Level level,
        @Nullable MinerAddress miner,
        @Nullable Instant since,
        int limit,
        @Nullable String cursor) {
    /**
     * Checks the limit.
     *
     * @throws io.minerops.api.InvalidArgumentException ({@code limit}) if it is out of its range
     */
    public EventQuery {
        Check.between("limit", limit, 1, Page.MAX_LIMIT);
    }
}
