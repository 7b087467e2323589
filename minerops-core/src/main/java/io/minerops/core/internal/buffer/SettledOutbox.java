package io.minerops.core.internal.buffer;

import io.minerops.api.Page;
import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.store.OutboxQuery;
import io.minerops.api.store.OutboxStore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An outbox from which nothing is due that was sent before it was stored. Thread-safe.
 *
 * @param alerts stores in the outbox what was sent from the heap
 */
record SettledOutbox(OutboxStore stored, BufferedAlerts alerts) implements OutboxStore {
    @Override
    public List<OutboxEntry> due(Instant now, int limit) {
        return alerts.settled(() -> stored.due(now, limit));
    }

    @Override
    public Set<Long> begin(Collection<Attempt> attempts) {
        return stored.begin(attempts);
    }

    @Override
    public void finish(Collection<Outcome> outcomes) {
        stored.finish(outcomes);
    }

    @Override
    public Page<OutboxEntry> find(OutboxQuery query) {
        return stored.find(query);
    }

    @Override
    public Map<OutboxEntry.Status, Long> count() {
        return stored.count();
    }

    @Override
    public int prune(Instant before) {
        return stored.prune(before);
    }
}
