package io.minerops.testkit.memory;

import io.minerops.api.Page;
import io.minerops.api.miner.Fact;
import io.minerops.api.miner.FactKind;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.store.FactQuery;
import io.minerops.api.store.FactStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

final class MemoryFacts implements FactStore {
    private final InMemoryStore.Guard guard;
    private final TreeMap<Long, Fact> newestFirst = new TreeMap<>(Comparator.reverseOrder());
    private final Map<Fact.Subject, Long> holding = new HashMap<>();
    private final Set<Beginning> beginnings = new HashSet<>();
    private long lastId;

    private record Beginning(Fact.Subject subject, String value, Instant from) {}

    MemoryFacts(InMemoryStore.Guard guard) {
        this.guard = guard;
    }

    @Override
    public void record(List<Fact> facts) {
        guard.read(() -> {
            facts.forEach(this::record);
            return facts;
        });
    }

    private void record(Fact given) {
        Fact fact = inMillis(given);
        Fact held = held(fact.subject());
        boolean same = held != null && held.value().equals(fact.value());
        Instant until = fact.until();
        if (until != null) {
            if (held != null && same && !held.from().isAfter(fact.from())) {
                end(held, until);
            }
        } else if (!same && !isStored(fact)) {
            if (held != null) {
                end(held, fact.from());
            }
            newestFirst.put(++lastId, fact.stored(lastId));
            holding.put(fact.subject(), lastId);
            beginnings.add(beginning(fact));
        }
    }

    private @Nullable Fact held(Fact.Subject subject) {
        Long id = holding.get(subject);
        return id == null ? null : newestFirst.get(id);
    }

    private boolean isStored(Fact fact) {
        return beginnings.contains(beginning(fact));
    }

    private void end(Fact held, Instant at) {
        newestFirst.put(held.id(), held.ended(at));
        holding.remove(held.subject());
    }

    private static Beginning beginning(Fact fact) {
        return new Beginning(fact.subject(), fact.value(), fact.from());
    }

    private static Fact inMillis(Fact fact) {
        Instant until = fact.until();
        return new Fact(
                fact.id(),
                fact.miner(),
                fact.kind(),
                fact.slot(),
                fact.value(),
                fact.previous(),
                fact.message(),
                fact.from().truncatedTo(ChronoUnit.MILLIS),
                until == null ? null : until.truncatedTo(ChronoUnit.MILLIS),
                fact.announced());
    }

    @Override
    public List<Fact> holding(Collection<MinerAddress> miners) {
        Set<MinerAddress> wanted = Set.copyOf(miners);
        return list(fact -> fact.until() == null && wanted.contains(fact.miner()));
    }

    @Override
    public List<Fact> changedSince(Instant since) {
        return guard.read(() -> newestFirst.descendingMap().values().stream()
                .filter(fact -> (fact.isChange() && !fact.from().isBefore(since))
                        || (fact.kind() == FactKind.FAULT && heldSince(fact, since)))
                .toList());
    }

    private static boolean heldSince(Fact fact, Instant since) {
        Instant until = fact.until();
        return until == null || !until.isBefore(since);
    }

    @Override
    public int accept(MinerAddress miner, Set<FactKind> kinds, Instant upTo) {
        return replace(
                fact -> fact.miner().equals(miner)
                        && kinds.contains(fact.kind())
                        && fact.isChange()
                        && !fact.announced()
                        && !fact.from().isAfter(upTo),
                Fact::accepted);
    }

    @Override
    public Page<Fact> find(FactQuery query) {
        Instant from = query.from();
        Instant until = query.until();
        return guard.read(() -> Cursors.page(
                list(fact -> (query.miner() == null || query.miner().equals(fact.miner()))
                        && (query.kinds().isEmpty() || query.kinds().contains(fact.kind()))
                        && (from == null || heldSince(fact, from))
                        && (until == null || fact.from().isBefore(until))),
                Fact::id,
                query.limit(),
                query.cursor()));
    }

    @Override
    public int prune(Instant before) {
        return guard.read(() -> {
            int size = newestFirst.size();
            newestFirst.values().removeIf(fact -> !heldSince(fact, before));
            indexAgain();
            return size - newestFirst.size();
        });
    }

    void exchange(Exchange exchange) {
        replace(fact -> exchange.touches(fact.miner()), fact -> fact.at(exchange.of(fact.miner())));
        indexAgain();
    }

    private void indexAgain() {
        holding.clear();
        beginnings.clear();
        newestFirst.values().forEach(fact -> {
            beginnings.add(beginning(fact));
            if (fact.until() == null) {
                holding.put(fact.subject(), fact.id());
            }
        });
    }

    private List<Fact> list(Predicate<Fact> wanted) {
        return guard.read(() -> newestFirst.values().stream().filter(wanted).toList());
    }

    private int replace(Predicate<Fact> wanted, UnaryOperator<Fact> change) {
        return guard.read(() -> {
            List<Fact> found = list(wanted);
            found.forEach(fact -> newestFirst.put(fact.id(), change.apply(fact)));
            return found.size();
        });
    }
}
