package io.minerops.sqlite;

import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** The registry: read from the heap, written to the file first. */
final class SqliteMinerStore implements MinerStore {
    private static final String REMOVE_MINER = "DELETE FROM miners WHERE miner = ?";
    private static final String REMOVE_LATEST = "DELETE FROM latest WHERE miner = ?";

    private final Database database;
    private final AddressBook addresses;
    private final Fleet fleet;

    SqliteMinerStore(Database database, AddressBook addresses, Fleet fleet) {
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
        return database.write(
                        "register miners",
                        Durability.POWER,
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
        return database.write(
                "store a miner",
                Durability.POWER,
                tx -> {
                    Miner known = fleet.find(miner.address());
                    Miner stored = registeredAt(
                            miner, known == null ? Times.stored(miner.registeredAt()) : known.registeredAt());
                    MinerRows.put(tx, addresses, List.of(stored));
                    return stored;
                },
                stored -> fleet.put(List.of(stored)));
    }

    private static Miner registeredAt(Miner miner, Instant at) {
        return new Miner(
                miner.address(),
                miner.hostname(),
                miner.vendor(),
                miner.model(),
                miner.firmwareVersion(),
                miner.mac(),
                miner.location(),
                miner.tags(),
                miner.nominalThs(),
                miner.nominalEfficiencyJPerTh(),
                miner.powerCapW(),
                miner.powerPriceUsdPerKwh(),
                miner.notes(),
                at);
    }

    @Override
    public boolean remove(MinerAddress address) {
        database.requireOpen();
        int number = addresses.find(address);
        if (number < 0) {
            return false;
        }
        return database.write(
                "remove a miner",
                Durability.POWER,
                tx -> {
                    tx.bind(REMOVE_LATEST).number(number).update();
                    return tx.bind(REMOVE_MINER).number(number).update() > 0;
                },
                removed -> fleet.remove(address));
    }
}
