package io.minerops.api.store;

import io.minerops.api.Page;
import io.minerops.api.alert.Alert;
import io.minerops.api.alert.OutboxEntry;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps messages until they are delivered or given up. Rows are written by {@link AlertStore}; a dispatcher takes them
 * from here. Delivery is at least once: an attempt is written down before it is made, and one that a crash cut short is
 * made again when its {@code retryAt} comes. Implementations are thread-safe and throw
 * {@link io.minerops.api.StoreException} when the store fails.
 */
public interface OutboxStore {
    /**
     * Pending messages whose next attempt is due, oldest first, at most {@code limit}. The messages of one alert to one
     * destination go out in order: one is due only when no earlier one of the same alert and destination is pending.
     *
     * @param now the present; what is due at that moment is included
     * @param limit how many to return at most, 1 or more
     */
    List<OutboxEntry> due(Instant now, int limit);

    /** Stores, in one transaction, that these attempts begin: their group and when each is due again. */
    void begin(Collection<Attempt> attempts);

    /**
     * Stores, in one transaction, how attempts ended. A message that is no longer pending stays as it is. The
     * alert's {@link Alert#notifiedAt()} and {@link Alert#notificationStatus()} follow from its messages.
     */
    void finish(Collection<Outcome> outcomes);

    /**
     * Lists messages, newest first.
     *
     * @throws io.minerops.api.InvalidArgumentException ({@code cursor}) if the cursor is not one that this store gave
     */
    Page<OutboxEntry> find(OutboxQuery query);

    /**
     * How many messages there are of each status, 0 where there are none. Unless a store overrides it, they are counted
     * page by page.
     */
    default Map<OutboxEntry.Status, Long> count() {
        Map<OutboxEntry.Status, Long> counts = new EnumMap<>(OutboxEntry.Status.class);
        for (OutboxEntry.Status status : OutboxEntry.Status.values()) {
            counts.put(status, 0L);
        }
        String cursor = null;
        do {
            Page<OutboxEntry> page = find(new OutboxQuery(Set.of(), Page.MAX_LIMIT, cursor));
            page.items().forEach(entry -> counts.merge(entry.status(), 1L, Long::sum));
            cursor = page.next();
        } while (cursor != null);
        return counts;
    }

    /** Deletes messages sent or failed that were created before the time given; returns how many. */
    int prune(Instant before);

    /**
     * An attempt that begins.
     *
     * @param entryId the id of the message
     * @param groupKey the idempotency key that it is sent under, shared by the messages that are sent as one
     * @param retryAt when it is due again if nothing is heard of this attempt
     */
    record Attempt(long entryId, String groupKey, Instant retryAt) {}

    /**
     * How an attempt ended.
     *
     * @param entryId the id of the message
     * @param status sent, failed, or pending where it is to be tried again
     * @param at when it ended
     * @param nextAttemptAt when it is tried again; ignored unless the status is pending
     * @param error why it failed, without secrets; null where it was sent
     */
    record Outcome(
            long entryId,
            OutboxEntry.Status status,
            Instant at,
            Instant nextAttemptAt,
            @Nullable String error) {}
}
