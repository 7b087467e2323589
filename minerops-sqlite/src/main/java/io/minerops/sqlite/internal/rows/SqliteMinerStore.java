package io.minerops.sqlite.internal.rows;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.store.MinerStore;
import io.minerops.blocks.jdbc.Times;
import io.minerops.sqlite.internal.db.Database;
import io.minerops.sqlite.internal.db.Durability;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The registry: read from the heap, written to the file first. */
public final class SqliteMinerStore implements MinerStore {
    private static final String REMOVE_MINER = "DELETE FROM miners WHERE miner = ?";

    private final Database database;
    private final AddressBook addresses;
    private final Fleet fleet;

    public SqliteMinerStore(Database database, AddressBook addresses, Fleet fleet) {
        this.database = database;
        this.addresses = addresses;
        this.fleet = fleet;
        fleet.put(database.list("load miners", MinerRows.ALL, values -> {}, row -> MinerRows.read(row, addresses)));
    }

    @Override
    public List<Miner> all() {
        database.requireOpen();
        return fleet.all();
    }

    @Override
    public Optional<Miner> find(MinerAddress address) {
        database.requireOpen();
        return Optional.ofNullable(fleet.find(address));
    }

    @Override
    public int register(Collection<MinerAddress> wanted, Instant at) {
        addresses.enter(wanted);
        return database.change(
                        "register miners",
                        tx -> {
                            List<Miner> added = unknown(wanted, at);
                            MinerRows.put(tx, addresses, added);
                            return added;
                        },
                        fleet::put)
                .size();
    }

    private List<Miner> unknown(Collection<MinerAddress> wanted, Instant at) {
        List<Miner> added = new ArrayList<>();
        for (MinerAddress address : new LinkedHashSet<>(wanted)) {
            if (fleet.find(address) == null) {
                added.add(Miner.builder(address, Times.stored(at)).build());
            }
        }
        return added;
    }

    @Override
    public Miner put(Miner miner) {
        addresses.enter(List.of(miner.address()));
        return database.change(
                "store a miner",
                tx -> {
                    Miner known = fleet.find(miner.address());
                    Instant registeredAt = known == null ? Times.stored(miner.registeredAt()) : known.registeredAt();
                    Miner stored =
                            miner.toBuilder(miner.address(), registeredAt).build();
                    MinerRows.put(tx, addresses, List.of(stored));
                    return stored;
                },
                stored -> fleet.put(List.of(stored)));
    }

    @Override
    public int identify(Map<MinerAddress, MinerIdentity> identities, Instant at) {
        addresses.enter(identities.keySet());
        int[] added = new int[1];
        database.write(
                "identify miners",
                Durability.POWER,
                tx -> {
                    List<Miner> changed = fleet.changedBy(identities, Times.stored(at));
                    added[0] = (int) changed.stream()
                            .filter(miner -> fleet.find(miner.address()) == null)
                            .count();
                    MinerRows.put(tx, addresses, changed);
                    return changed;
                },
                fleet::put);
        return added[0];
    }

    @Override
    public boolean readdress(MinerAddress from, MinerAddress to) {
        if (from.equals(to)) {
            throw new InvalidArgumentException("to", "to must be another address than from, not " + from + " again");
        }
        database.requireOpen();
        if (fleet.find(from) == null) {
            return false;
        }
        addresses.enter(List.of(from, to));
        return addresses.withoutLoads(() -> database.write(
                "move a miner",
                Durability.POWER,
                tx -> {
                    boolean known = fleet.find(from) != null;
                    if (known) {
                        Readdressing.write(tx, addresses, from, to);
                    }
                    return known;
                },
                known -> {
                    if (known) {
                        addresses.exchange(from, to);
                        fleet.exchange(from, to);
                    }
                }));
    }

    @Override
    public List<Move> moves(long after) {
        return Readdressing.moves(database, after);
    }

    @Override
    public boolean remove(MinerAddress address) {
        database.requireOpen();
        int number = addresses.find(address);
        if (number < 0) {
            return false;
        }
        return database.change(
                "remove a miner",
                tx -> {
                    tx.bind(LatestSamples.FORGET).number(number).update();
                    return tx.bind(REMOVE_MINER).number(number).update() > 0;
                },
                removed -> fleet.remove(address));
    }
}
