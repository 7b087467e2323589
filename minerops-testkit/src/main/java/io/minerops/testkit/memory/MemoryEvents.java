package io.minerops.testkit.memory;

import io.minerops.api.Page;
import io.minerops.api.event.Event;
import io.minerops.api.store.EventQuery;
import io.minerops.api.store.EventStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

final class MemoryEvents implements EventStore {
    private final InMemoryStore.Guard guard;
    private final List<Event> newestFirst = new ArrayList<>();
    private long lastId;

    MemoryEvents(InMemoryStore.Guard guard) {
        this.guard = guard;
    }

    @Override
    public Event record(Event event) {
        return guard.read(() -> {
            Event stored =
                    new Event(++lastId, event.at(), event.level(), event.source(), event.miner(), event.message());
            newestFirst.add(0, stored);
            return stored;
        });
    }

    @Override
    public Page<Event> find(EventQuery query) {
        return guard.read(() -> Cursors.page(
                newestFirst.stream()
                        .filter(event -> event.level().compareTo(query.level()) >= 0)
                        .filter(event -> query.miner() == null || query.miner().equals(event.miner()))
                        .filter(event -> query.since() == null || !event.at().isBefore(query.since()))
                        .toList(),
                Event::id,
                query.limit(),
                query.cursor()));
    }

    @Override
    public int prune(Instant before) {
        return guard.read(() -> {
            int size = newestFirst.size();
            newestFirst.removeIf(event -> event.at().isBefore(before));
            return size - newestFirst.size();
        });
    }
}
