package io.minerops.testkit.memory;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.store.RuleStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

final class MemoryRules implements RuleStore {
    private final InMemoryStore.Guard guard;
    private final TreeMap<Long, AlertRule> rules = new TreeMap<>();
    private long lastId;
    private long version;

    MemoryRules(InMemoryStore.Guard guard) {
        this.guard = guard;
    }

    @Override
    public long version() {
        return guard.read(() -> version);
    }

    @Override
    public List<AlertRule> all() {
        return guard.read(() -> List.copyOf(rules.values()));
    }

    @Override
    public Optional<AlertRule> find(long id) {
        return guard.read(() -> Optional.ofNullable(rules.get(id)));
    }

    @Override
    public AlertRule create(AlertRule rule, Instant at) {
        return guard.read(() -> {
            version++;
            AlertRule stored =
                    rule.toBuilder().id(++lastId).createdAt(at).updatedAt(at).build();
            rules.put(stored.id(), stored);
            return stored;
        });
    }

    @Override
    public List<AlertRule> createIfNone(List<AlertRule> wanted, Instant at) {
        return guard.read(() ->
                rules.isEmpty() ? wanted.stream().map(rule -> create(rule, at)).toList() : List.of());
    }

    @Override
    public Optional<AlertRule> update(AlertRule rule, Instant at) {
        return guard.read(() -> {
            AlertRule before = rules.get(rule.id());
            if (before == null) {
                return Optional.empty();
            }
            version++;
            AlertRule stored =
                    rule.toBuilder().createdAt(before.createdAt()).updatedAt(at).build();
            rules.put(stored.id(), stored);
            return Optional.of(stored);
        });
    }

    @Override
    public boolean delete(long id) {
        return guard.read(() -> {
            boolean there = rules.remove(id) != null;
            version += there ? 1 : 0;
            return there;
        });
    }

    @Override
    public boolean change(List<AlertRule> created, List<AlertRule> replaced, List<Long> deleted, Instant at) {
        return guard.read(() -> {
            if (!replaced.stream().allMatch(rule -> rules.containsKey(rule.id()))) {
                return false;
            }
            created.forEach(rule -> create(rule, at));
            replaced.forEach(rule -> update(rule, at));
            deleted.forEach(this::delete);
            return true;
        });
    }

    void exchange(Exchange exchange) {
        rules.replaceAll((id, rule) -> {
            if (!exchange.touches(rule.miner())) {
                return rule;
            }
            version++;
            return rule.toBuilder().miner(exchange.ofNullable(rule.miner())).build();
        });
    }
}
