package io.minerops.postgres.internal.rows;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.store.MinerStore;
import io.minerops.blocks.jdbc.Row;
import io.minerops.blocks.jdbc.Times;
import io.minerops.postgres.internal.db.Database;
import io.minerops.postgres.internal.db.Transaction;
import io.minerops.postgres.internal.db.Version;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The registry; each change moves its version, so that other instances read it again. */
public final class PostgresMinerStore implements MinerStore {
    private static final String REMOVE_MINER = "DELETE FROM miners WHERE miner = ?";
    private static final String FORGET = Upsert.of("latest", "miner", "written, poll_at, data");
    private static final String WRITTEN = "SELECT value FROM versions WHERE name = 'written'";
    private static final String NAME = "UPDATE addresses SET address = ? WHERE id = ?";
    private static final String RULES = exchange("rules");
    private static final String SILENCES = exchange("silences");
    private static final String REMEMBER = "INSERT INTO moves (from_address, to_address) VALUES (?, ?)";
    private static final String FORGET_OLD =
            "DELETE FROM moves WHERE number <= (SELECT MAX(number) FROM moves) - " + MIN_MOVES;
    private static final String MOVES =
            "SELECT number, from_address, to_address FROM moves WHERE number > ? ORDER BY number";

    /** No address; for the time between two updates, because each address is unique. */
    private static final String NOWHERE = "?";

    private final Database database;
    private final NameBook book;
    private final Fleet fleet;

    PostgresMinerStore(Database database, NameBook book, Fleet fleet) {
        this.database = database;
        this.book = book;
        this.fleet = fleet;
    }

    @Override
    public List<Miner> all() {
        return database.read("list miners", fleet::miners);
    }

    @Override
    public Optional<Miner> find(MinerAddress address) {
        return database.read("find a miner", connection -> Optional.ofNullable(fleet.find(connection, address)));
    }

    @Override
    public int register(Collection<MinerAddress> wanted, Instant at) {
        book.enter(wanted);
        return database.write("register miners", tx -> {
            tx.lock(Version.MINERS);
            List<Miner> added = new ArrayList<>();
            for (MinerAddress address : new LinkedHashSet<>(wanted)) {
                if (fleet.find(tx.connection(), address) == null) {
                    added.add(Miner.builder(address, Times.stored(at)).build());
                }
            }
            return put(tx, added);
        });
    }

    int put(Transaction tx, List<Miner> miners) throws SQLException {
        if (!miners.isEmpty()) {
            MinerRows.put(tx, book.of(tx.connection()), miners);
            tx.move(Version.MINERS);
        }
        return miners.size();
    }

    @Override
    public Miner put(Miner miner) {
        book.enter(List.of(miner.address()));
        return database.write("store a miner", tx -> {
            tx.lock(Version.MINERS);
            Miner known = fleet.find(tx.connection(), miner.address());
            Instant registeredAt = known == null ? Times.stored(miner.registeredAt()) : known.registeredAt();
            Miner stored = miner.toBuilder(miner.address(), registeredAt).build();
            put(tx, List.of(stored));
            return stored;
        });
    }

    @Override
    public int identify(Map<MinerAddress, MinerIdentity> identities, Instant at) {
        book.enter(identities.keySet());
        return database.write("identify miners", tx -> {
            tx.lock(Version.MINERS);
            int added = 0;
            List<Miner> changed = fleet.changedBy(tx.connection(), identities, Times.stored(at));
            for (Miner miner : changed) {
                added += fleet.find(tx.connection(), miner.address()) == null ? 1 : 0;
            }
            put(tx, changed);
            return added;
        });
    }

    @Override
    public boolean readdress(MinerAddress from, MinerAddress to) {
        if (from.equals(to)) {
            throw new InvalidArgumentException("to", "to must be another address than from, not " + from + " again");
        }
        if (find(from).isEmpty()) {
            return false;
        }
        book.enter(List.of(from, to));
        return database.write("move a miner", tx -> {
            // in the order of their names, as every transaction that holds several, and moved at the end: until then
            // the copies in the heap are those of the versions that are committed
            tx.lock(Version.ALERTS);
            tx.lock(Version.MINERS);
            tx.lock(Version.NAMES);
            tx.lock(Version.RULES);
            boolean known = fleet.find(tx.connection(), from) != null;
            if (known) {
                exchange(tx, book.of(tx.connection()), from, to);
            }
            return known;
        });
    }

    private static void exchange(Transaction tx, Names names, MinerAddress from, MinerAddress to) throws SQLException {
        int first = names.number(from);
        int second = names.number(to);
        tx.bind(NAME).text(NOWHERE).number(second).update();
        tx.bind(NAME).text(to.toString()).number(first).update();
        tx.bind(NAME).text(from.toString()).number(second).update();
        update(tx, SILENCES, from, to);
        if (update(tx, RULES, from, to) > 0) {
            tx.move(Version.RULES);
        }
        tx.bind(REMEMBER).text(from.toString()).text(to.toString()).update();
        tx.statement(FORGET_OLD).executeUpdate();
        // a check that read the state before the exchange is not to be applied after it
        tx.move(Version.ALERTS);
        tx.move(Version.MINERS);
        tx.move(Version.NAMES);
    }

    private static int update(Transaction tx, String sql, MinerAddress from, MinerAddress to) throws SQLException {
        String one = from.toString();
        String other = to.toString();
        return tx.bind(sql)
                .text(one)
                .text(other)
                .text(one)
                .text(one)
                .text(other)
                .update();
    }

    private static String exchange(String table) {
        return "UPDATE " + table + " SET miner = CASE miner WHEN ? THEN ? ELSE ? END WHERE miner IN (?, ?)";
    }

    @Override
    public List<Move> moves(long after) {
        return database.list("list moves", MOVES, values -> values.number(after), PostgresMinerStore::move);
    }

    private static Move move(Row row) throws SQLException {
        return new Move(row.number(), MinerAddress.parse(row.text()), MinerAddress.parse(row.text()));
    }

    @Override
    public boolean remove(MinerAddress address) {
        return database.write("remove a miner", tx -> {
            int number = book.of(tx.connection()).find(address);
            if (number < 0) {
                return false;
            }
            tx.lock(Version.MINERS);
            tx.bind(FORGET)
                    .number(number)
                    .number(tx.number(WRITTEN))
                    .number(Fleet.REMOVED)
                    .bytes(new byte[0])
                    .update();
            boolean removed = tx.bind(REMOVE_MINER).number(number).update() > 0;
            tx.move(Version.MINERS);
            return removed;
        });
    }
}
