package io.minerops.api.store;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.profit.ProfitabilitySnapshot;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps profitability snapshots. Implementations are thread-safe and throw {@link io.minerops.api.StoreException} when
 * the store fails.
 */
public interface SnapshotStore {
    /** Stores snapshots in one transaction; one of the same moment and miner is replaced. */
    void save(Collection<ProfitabilitySnapshot> snapshots);

    /**
     * Snapshots from {@code since} on, ascending by time, at most {@code limit}: the newest where there are more.
     *
     * @param miner the miner; null for the fleet
     * @param limit how many to return at most, 1 or more
     */
    List<ProfitabilitySnapshot> history(@Nullable MinerAddress miner, Instant since, int limit);

    /** Deletes snapshots before the time given; returns how many. */
    int prune(Instant before);
}
