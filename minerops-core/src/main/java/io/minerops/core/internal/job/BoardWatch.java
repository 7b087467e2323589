package io.minerops.core.internal.job;

import io.minerops.api.miner.BoardReading;
import io.minerops.api.miner.HashBoard;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.store.BoardStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Chooses which boards of a poll are stored: at once where a board appears, vanishes, or has another serial number or count
 * of chips; every ten minutes at most where a reading left its dead band; and once a day in any case, so that a history
 * is never empty. What was stored last is in the heap: after a start every board is stored once. Not thread-safe.
 */
final class BoardWatch {
    private static final long MIN_GAP_MS = Duration.ofMinutes(10).toMillis();
    private static final long MAX_GAP_MS = Duration.ofDays(1).toMillis();

    private Map<MinerAddress, Map<Integer, BoardStore.Kept>> stored = new HashMap<>();
    private final Map<MinerAddress, List<HashBoard>> moved = new HashMap<>();

    /** Compares the boards of a sample, where it has any. */
    void take(Instant at, MetricSample sample) {
        List<HashBoard> boards = sample.boards();
        if (boards == null) {
            return;
        }
        Map<Integer, BoardStore.Kept> known = stored.computeIfAbsent(sample.miner(), miner -> new HashMap<>());
        List<HashBoard> changed = new ArrayList<>(0);
        for (HashBoard board : boards) {
            if (isWorthStoring(at, board, known.get(board.slot()))) {
                changed.add(board);
            }
        }
        for (Integer slot : known.keySet()) {
            if (boards.stream().noneMatch(board -> board.slot() == slot)) {
                changed.add(HashBoard.builder(slot).build());
            }
        }
        if (!changed.isEmpty()) {
            moved.put(sample.miner(), changed);
        }
    }

    private static boolean isWorthStoring(Instant at, HashBoard board, BoardStore.@Nullable Kept known) {
        if (known == null || isOther(board, known.board())) {
            return true;
        }
        long passed = at.toEpochMilli() - known.at().toEpochMilli();
        return passed >= MAX_GAP_MS || (passed >= MIN_GAP_MS && board.moved(known.board()));
    }

    private static boolean isOther(HashBoard board, HashBoard before) {
        return !Objects.equals(board.serial(), before.serial())
                || isOther(board, before, BoardReading.CHIPS_ALIVE)
                || isOther(board, before, BoardReading.CHIPS_EXPECTED);
    }

    private static boolean isOther(HashBoard board, HashBoard before, BoardReading reading) {
        return Double.compare(board.value(reading), before.value(reading)) != 0;
    }

    /** Stores what was chosen since the last call; where the store fails, the next poll chooses it again. */
    void store(Instant at, BoardStore store) {
        if (moved.isEmpty()) {
            return;
        }
        Map<MinerAddress, List<HashBoard>> chosen = Map.copyOf(moved);
        moved.clear();
        store.record(at, chosen);
        chosen.forEach((miner, boards) -> boards.forEach(board -> keep(at, miner, board)));
    }

    private void keep(Instant at, MinerAddress miner, HashBoard board) {
        Map<Integer, BoardStore.Kept> known = stored.computeIfAbsent(miner, one -> new HashMap<>());
        if (board.equals(HashBoard.builder(board.slot()).build())) {
            known.remove(board.slot());
        } else {
            known.put(board.slot(), new BoardStore.Kept(at, board));
        }
    }

    /** Forgets miners that are not registered any more. */
    void keepOnly(Collection<MinerAddress> registered) {
        stored.keySet().retainAll(registered);
    }

    /** Forgets everything, as where miners answer at other addresses. */
    void forget() {
        stored = new HashMap<>();
    }
}
