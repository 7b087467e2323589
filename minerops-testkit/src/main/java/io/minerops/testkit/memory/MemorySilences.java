package io.minerops.testkit.memory;

import io.minerops.api.alert.Silence;
import io.minerops.api.store.SilenceStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;

final class MemorySilences implements SilenceStore {
    private final MemoryAlerts alerts;
    private final TreeMap<Long, Silence> silences = new TreeMap<>(Comparator.reverseOrder());
    private long lastId;

    MemorySilences(MemoryAlerts alerts) {
        this.alerts = alerts;
    }

    @Override
    public Silence create(Silence silence, Instant at) {
        return alerts.reading(() -> {
            alerts.changed();
            Silence stored = silence.stored(++lastId, at);
            silences.put(stored.id(), stored);
            return stored;
        });
    }

    @Override
    public List<Silence> all() {
        return alerts.reading(() -> List.copyOf(silences.values()));
    }

    @Override
    public boolean delete(long id) {
        return deleteIf(silence -> silence.id() == id) > 0;
    }

    @Override
    public int prune(Instant before) {
        return deleteIf(silence -> silence.endsAt().isBefore(before));
    }

    private int deleteIf(Predicate<Silence> doomed) {
        return alerts.reading(() -> {
            int size = silences.size();
            if (silences.values().removeIf(doomed)) {
                alerts.changed();
            }
            return size - silences.size();
        });
    }

    void exchange(Exchange exchange) {
        silences.replaceAll((id, silence) -> new Silence(
                id,
                silence.createdAt(),
                silence.startsAt(),
                silence.endsAt(),
                exchange.ofNullable(silence.miner()),
                silence.tag(),
                silence.modelFilter(),
                silence.ruleId(),
                silence.author(),
                silence.comment()));
    }
}
