package io.minerops.api.store;

import io.minerops.api.Page;
import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.internal.Check;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which messages to list, newest first.
 *
 * @param statuses only messages of one of these statuses; empty for all
 * @param limit how many to return at most, 1 to {@link Page#MAX_LIMIT}
 * @param cursor where the last page ended; null for the first page
 */
public record OutboxQuery(
        Set<OutboxEntry.Status> statuses,
        int limit,
        @Nullable String cursor) {
    /**
     * Checks the limit.
     *
     * @throws io.minerops.api.InvalidArgumentException ({@code limit}) if it is out of its range
     */
    public OutboxQuery {
        statuses = Set.copyOf(statuses);
        Check.between("limit", limit, 1, Page.MAX_LIMIT);
    }
}
