package io.minerops.testkit.memory;

import io.minerops.api.miner.HashBoard;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.store.BoardStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

final class MemoryBoards implements BoardStore {
    private final InMemoryStore.Guard guard;
    private final Map<MinerAddress, List<Kept>> byMiner = new HashMap<>();

    MemoryBoards(InMemoryStore.Guard guard) {
        this.guard = guard;
    }

    @Override
    public void record(Instant at, Map<MinerAddress, List<HashBoard>> boards) {
        Instant kept = at.truncatedTo(ChronoUnit.MILLIS);
        guard.read(() -> {
            boards.forEach((miner, all) -> {
                List<Kept> known = byMiner.computeIfAbsent(miner, one -> new ArrayList<>());
                for (HashBoard board : all) {
                    known.removeIf(old -> old.at().equals(kept) && old.board().slot() == board.slot());
                    known.add(new Kept(kept, board));
                }
                known.sort(Comparator.comparing(Kept::at)
                        .thenComparing(old -> old.board().slot()));
            });
            return true;
        });
    }

    @Override
    public List<Kept> history(MinerAddress miner, Instant since, Instant until, int limit) {
        return guard.read(() -> {
            List<Kept> found = byMiner.getOrDefault(miner, List.of()).stream()
                    .filter(kept -> !kept.at().isBefore(since) && kept.at().isBefore(until))
                    .toList();
            return found.subList(Math.max(0, found.size() - limit), found.size());
        });
    }

    @Override
    public int prune(Instant before) {
        return guard.read(() -> {
            int deleted = 0;
            for (List<Kept> kept : byMiner.values()) {
                int size = kept.size();
                kept.removeIf(old -> old.at().isBefore(before));
                deleted += size - kept.size();
            }
            return deleted;
        });
    }

    void exchange(Exchange exchange) {
        exchange.in(byMiner, (kept, address) -> kept);
    }
}
