package io.minerops.api.store;

import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The registry of miners. Implementations are thread-safe and throw {@link io.minerops.api.StoreException} when the
 * store fails.
 */
public interface MinerStore {
    /** How many moves a store remembers at least, for metric stores that must follow them. */
    int MIN_MOVES = 10_000;

    /**
     * A move that was made.
     *
     * @param number 1 or more, ascending; a number is never used twice
     * @param from where the miner stood
     * @param to where it stands
     */
    record Move(long number, MinerAddress from, MinerAddress to) {}

    /** Every registered miner, ordered by address. */
    List<Miner> all();

    /** The miner of that address; empty where it is not registered. */
    Optional<Miner> find(MinerAddress address);

    /**
     * Registers the addresses that are not yet registered, with nothing else known of them.
     *
     * @return how many were new
     */
    int register(Collection<MinerAddress> addresses, Instant at);

    /**
     * Stores what devices report themselves to be, as {@link Miner#with(MinerIdentity)} does, in one transaction, and
     * registers those that are not yet. What users entered is never changed.
     *
     * @return how many were new
     */
    int identify(Map<MinerAddress, MinerIdentity> identities, Instant at);

    /**
     * Says that the miner of one address stands at another from now on: its entry in the registry and all that this store keeps
     * under its address goes there, in one transaction. What follows it are its latest sample, its samples and
     * profitability of the past, its facts, its alerts, ended ones too, with the messages on their way, what the alert engine
     * remembers of it (pending times, cooldown, learned baseline), and the rules and silences that name its address.
     * Events and the texts of alerts and sent messages are kept: they show the state at their time.
     *
     * <p>What was kept under the other address goes to the one that becomes free, in exchange: nothing is mixed and
     * nothing is lost, and two miners that exchanged addresses are corrected by one call. An alert check that was begun
     * before is refused as stale.
     *
     * @param from where it stood
     * @param to where it stands; another address than {@code from}
     * @return whether there was a miner registered at {@code from}; without one nothing changes
     * @throws io.minerops.api.InvalidArgumentException ({@code to}) if the two are one address
     */
    boolean readdress(MinerAddress from, MinerAddress to);

    /**
     * The last {@value #MIN_MOVES} moves that {@link #readdress} made, or more, as far as their number is above the one
     * given; oldest first. A move is written in the transaction that makes it, so that a metric store beside this one
     * can follow it even where the process died between the two.
     *
     * @param after the number of the last move that is known; 0 for none
     * @return the later moves, ascending by number; empty where there are none
     */
    List<Move> moves(long after);

    /**
     * Registers a miner, or replaces what is known of it; the time of the first registration stays.
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
