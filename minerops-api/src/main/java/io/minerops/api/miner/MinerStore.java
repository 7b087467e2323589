package io.minerops.api.miner;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The registry of miners. Implementations are thread-safe and throw {@link io.minerops.api.StoreException} when the
 * store fails.
 */
public interface MinerStore {
    /** Every registered miner, ordered by address. */
    List<Miner> all();

    /** The miner of that address; empty where it is not registered. */
    Optional<Miner> find(MinerAddress address);

    /** Registers the addresses that are not yet registered, with nothing else known of them; says how many were new. */
    int register(Collection<MinerAddress> addresses, Instant at);

    /**
     * Registers a miner, or replaces what is known of it; the first registration's time is kept.
     *
     * @return the miner as stored
     */
    Miner put(Miner miner);

    /**
     * Takes a miner out of the registry and of the latest readings; its history stays until its retention ends.
     *
     * @return whether it was registered
     */
    boolean remove(MinerAddress address);
}
