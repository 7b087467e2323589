package io.minerops.api.store;

import io.minerops.api.Page;
import io.minerops.api.alert.AlertStatus;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Severity;
import io.minerops.api.internal.Check;
import io.minerops.api.miner.MinerAddress;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which alerts to list, and in which order.
 *
 * @param statuses only alerts of one of these statuses; empty for all
 * @param severities only alerts of one of these severities; empty for all
 * @param miner only alerts of this miner; null for all
 * @param type only alerts of this type; null for all
 * @param since only alerts raised at or after this time; null for all
 * @param limit how many to return at most, 1 to {@link Page#MAX_LIMIT}
 * @param cursor where the last page ended; null for the first page
 * @param order which come first
 */
public record AlertQuery(
        Set<AlertStatus> statuses,
        Set<Severity> severities,
        @Nullable MinerAddress miner,
        @Nullable RuleType type,
        @Nullable Instant since,
        int limit,
        @Nullable String cursor,
        Order order) {
    /**
     * Checks the limit.
     *
     * @throws io.minerops.api.InvalidArgumentException ({@code limit}) if it is out of its range
     */
    public AlertQuery {
        statuses = Set.copyOf(statuses);
        severities = Set.copyOf(severities);
        Check.between("limit", limit, 1, Page.MAX_LIMIT);
    }

    /** The newest first. */
    public AlertQuery(
            Set<AlertStatus> statuses,
            Set<Severity> severities,
            @Nullable MinerAddress miner,
            @Nullable RuleType type,
            @Nullable Instant since,
            int limit,
            @Nullable String cursor) {
        this(statuses, severities, miner, type, since, limit, cursor, Order.NEWEST);
    }

    /** In which order alerts are listed. A cursor is one of the same order. */
    public enum Order {
        /** The newest first. */
        NEWEST,
        /** Those that have cost most first, then the newest; those without a known cost last. */
        COST
    }

    /** The newest alerts of any kind; at most {@code limit}, 1 to {@link Page#MAX_LIMIT}. */
    public static AlertQuery newest(int limit) {
        return new AlertQuery(Set.of(), Set.of(), null, null, null, limit, null);
    }

    /** The newest alerts of one of these statuses, or of all where the set is empty; at most {@code limit}. */
    public static AlertQuery newest(Set<AlertStatus> statuses, int limit) {
        return new AlertQuery(statuses, Set.of(), null, null, null, limit, null);
    }
}
