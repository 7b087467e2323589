package io.minerops.core.internal.fact;

import io.minerops.api.miner.Fact;
import io.minerops.api.miner.FactKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What holds of one miner, as stored: a dozen facts, about 2 kB. Not thread-safe. */
final class HeldFacts {
    private final List<Fact> facts = new ArrayList<>(12);

    boolean isEmpty() {
        return facts.isEmpty();
    }

    /** Whether one was seen before a time; a device may give the beginning of a fault from before it was registered. */
    boolean isBefore(Instant time) {
        for (int i = 0; i < facts.size(); i++) {
            Fact fact = facts.get(i);
            if (fact.kind() != FactKind.FAULT && fact.from().isBefore(time)) {
                return true;
            }
        }
        return false;
    }

    List<Fact> all() {
        return List.copyOf(facts);
    }

    /** The fact of a subject; null where none holds. Allocates nothing. */
    @Nullable
    Fact find(FactKind kind, @Nullable Integer slot, String code) {
        for (int i = 0; i < facts.size(); i++) {
            Fact fact = facts.get(i);
            if (fact.kind() == kind
                    && Objects.equals(fact.slot(), slot)
                    && (kind != FactKind.FAULT || fact.value().equals(code))) {
                return fact;
            }
        }
        return null;
    }

    /** Takes in what was stored. */
    void take(Fact fact) {
        Fact held = find(fact.kind(), fact.slot(), fact.value());
        boolean ends = fact.until() != null;
        if (held != null && (!ends || held.value().equals(fact.value()))) {
            facts.remove(held);
        }
        if (!ends) {
            facts.add(fact);
        }
    }
}
