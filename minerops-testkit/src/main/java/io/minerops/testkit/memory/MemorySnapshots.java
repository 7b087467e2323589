package io.minerops.testkit.memory;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.profit.ProfitabilitySnapshot;
import io.minerops.api.store.SnapshotStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

final class MemorySnapshots implements SnapshotStore {
    private final InMemoryStore.Guard guard;
    private final List<ProfitabilitySnapshot> snapshots = new ArrayList<>();

    MemorySnapshots(InMemoryStore.Guard guard) {
        this.guard = guard;
    }

    @Override
    public void save(Collection<ProfitabilitySnapshot> more) {
        guard.read(() -> {
            for (ProfitabilitySnapshot snapshot : more) {
                snapshots.removeIf(
                        old -> old.at().equals(snapshot.at()) && Objects.equals(old.miner(), snapshot.miner()));
                snapshots.add(snapshot);
            }
            snapshots.sort(Comparator.comparing(ProfitabilitySnapshot::at));
            return true;
        });
    }

    @Override
    public List<ProfitabilitySnapshot> history(@Nullable MinerAddress miner, Instant since, int limit) {
        return guard.read(() -> {
            List<ProfitabilitySnapshot> found = snapshots.stream()
                    .filter(snapshot -> Objects.equals(snapshot.miner(), miner)
                            && !snapshot.at().isBefore(since))
                    .toList();
            return found.subList(Math.max(0, found.size() - limit), found.size());
        });
    }

    @Override
    public int prune(Instant before) {
        return guard.read(() -> {
            int size = snapshots.size();
            snapshots.removeIf(snapshot -> snapshot.at().isBefore(before));
            return size - snapshots.size();
        });
    }

    void exchange(Exchange exchange) {
        snapshots.replaceAll(snapshot -> new ProfitabilitySnapshot(
                snapshot.at(),
                exchange.ofNullable(snapshot.miner()),
                snapshot.minerCount(),
                snapshot.powerEstimated(),
                snapshot.profitability()));
    }
}
