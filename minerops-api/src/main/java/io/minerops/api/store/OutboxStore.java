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
 * Keeps messages until they are delivered or given up. Rows are written by {@link AlertStore}; dispatchers, of one or
 * more instances, take them from here. Delivery is at least once: an attempt is written down before it is made, and one
 * that a crash cut short is made again when its {@code retryAt} comes. Attempts of a message are numbered: of several
 * dispatchers that read it as due, one begins its next attempt. Implementations are thread-safe and throw
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

    /**
     * Stores, in one transaction, that attempts begin: their group and when each is due again. An attempt does not begin
     * where its message is no longer pending, or another attempt of it has begun since it was read.
     *
     * @return the ids of the messages whose attempts began
     */
    Set<Long> begin(Collection<Attempt> attempts);

    /**
     * Stores, in one transaction, how attempts ended. A message that is no longer pending stays as it is, and so does one
     * of which another attempt has begun since, unless this one has sent it. The alert's {@link Alert#notifiedAt()} and {@link Alert#notificationStatus()} follow from its messages.
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
     * @param attempts how many attempts there were when the message was read: this one is the next
     * @param groupKey the idempotency key that it is sent under, shared by the messages that are sent as one
     * @param retryAt when it is due again if nothing is heard of this attempt
     */
    record Attempt(long entryId, int attempts, String groupKey, Instant retryAt) {}

    /**
     * How an attempt ended.
     *
     * @param entryId the id of the message
     * @param attempts how many attempts there were when this one ended, with this one; or when a message was read that was
     *     not tried
     * @param status sent, failed, or pending where it is to be tried again
     * @param at when it ended
     * @param nextAttemptAt when it is tried again; ignored unless the status is pending
     * @param error why it failed, without secrets; null where it was sent
     */
    record Outcome(
            long entryId,
            int attempts,
            OutboxEntry.Status status,
            Instant at,
            Instant nextAttemptAt,
            @Nullable String error) {}
}
