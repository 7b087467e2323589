package io.minerops.api.store;

import io.minerops.api.miner.HashBoard;
import io.minerops.api.miner.MinerAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Keeps what devices reported of single hash boards, when it changed. Times are kept to the millisecond, readings to all
 * digits. A miner that is readdressed keeps its boards; one that is removed does too, until they are pruned.
 * Implementations are thread-safe and throw {@link io.minerops.api.StoreException} when the store fails.
 */
public interface BoardStore {
    /**
     * A board as it was.
     *
     * @param at the time of the poll
     * @param board the board; one with neither a serial number nor a reading was no longer reported
     */
    record Kept(Instant at, HashBoard board) {}

    /** Stores boards of one poll in one transaction; one of the same time, miner and slot is replaced. */
    void record(Instant at, Map<MinerAddress, List<HashBoard>> boards);

    /**
     * What is stored of the boards of a miner, ascending by time, then slot.
     *
     * @param since the first time, included
     * @param until the last time, excluded
     * @param limit how many to return at most, 1 or more: the newest where there are more
     */
    List<Kept> history(MinerAddress miner, Instant since, Instant until, int limit);

    /** Deletes what was stored of times before the one given; returns how many boards. */
    int prune(Instant before);

    /** A store that keeps none. */
    static BoardStore none() {
        return new BoardStore() {
            @Override
            public void record(Instant at, Map<MinerAddress, List<HashBoard>> boards) {}

            @Override
            public List<Kept> history(MinerAddress miner, Instant since, Instant until, int limit) {
                return List.of();
            }

            @Override
            public int prune(Instant before) {
                return 0;
            }
        };
    }
}
