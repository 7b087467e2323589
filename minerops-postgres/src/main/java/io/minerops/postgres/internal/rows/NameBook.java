package io.minerops.postgres.internal.rows;

import io.minerops.api.StoreException;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Pool;
import io.minerops.blocks.jdbc.Times;
import io.minerops.postgres.internal.db.Database;
import io.minerops.postgres.internal.db.Transaction;
import io.minerops.postgres.internal.db.Version;
import io.minerops.postgres.internal.db.Versions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives numbers to addresses and pools, and keeps the {@link Names} of the last version in the heap. */
public final class NameBook {
    /** A device may say what it likes: after so many pools no new ones are taken in. */
    private static final int MAX_POOLS = 65_536;

    private static final String VERSION = "SELECT value FROM versions WHERE name = 'names'";
    private static final String INSERT = "INSERT INTO addresses (id, address) VALUES (?, ?)";
    private static final String INSERT_POOL = "INSERT INTO pools (id, url, worker) VALUES (?, ?, ?)";
    private static final String LAST = "SELECT COALESCE(MAX(id), 0) FROM addresses";
    private static final String LAST_POOL = "SELECT COALESCE(MAX(id), 0) FROM pools";
    private static final String ALL = "";
    private static final Logger log = LoggerFactory.getLogger(NameBook.class);

    private final Database database;
    private volatile @Nullable Names last;

    public NameBook(Database database) {
        this.database = database;
    }

    /** The names at the point that a transaction sees. */
    Names of(Connection connection) throws SQLException {
        return of(
                connection,
                Database.list(connection, VERSION, values -> {}, row -> row.number())
                        .get(0));
    }

    Names of(Connection connection, Versions versions) throws SQLException {
        return of(connection, versions.of(Version.NAMES));
    }

    private Names of(Connection connection, long version) throws SQLException {
        Names known = last;
        if (known != null && known.version() == version) {
            return known;
        }
        Names loaded = Names.load(connection, version);
        if (known == null || known.version() < version) {
            last = loaded;
        }
        return loaded;
    }

    /** Gives each address a number, in a transaction of its own. Not to be called inside another. */
    void enter(Collection<MinerAddress> wanted) {
        Names known = last;
        if (known == null || wanted.stream().anyMatch(address -> known.find(address) < 0)) {
            database.write("number addresses", tx -> enter(tx, wanted));
        }
    }

    /** Gives all miners together a number, in a transaction of its own. Not to be called inside another. */
    void enterAll() {
        Names known = last;
        if (known == null || !known.knowsAll()) {
            database.write("number all miners together", tx -> {
                Names names = lock(tx);
                return names.knowsAll() ? 0 : insert(tx, List.of(ALL));
            });
        }
    }

    private int enter(Transaction tx, Collection<MinerAddress> wanted) throws SQLException {
        Names before = of(tx.connection());
        if (wanted.stream().allMatch(address -> before.find(address) > 0)) {
            return 0;
        }
        Names names = lock(tx);
        Set<String> unknown = new LinkedHashSet<>();
        for (MinerAddress address : wanted) {
            if (names.find(address) < 0) {
                unknown.add(address.toString());
            }
        }
        return insert(tx, unknown);
    }

    /** The names as they are, which no other transaction changes until this one ends. */
    private Names lock(Transaction tx) throws SQLException {
        return of(tx.connection(), tx.lock(Version.NAMES));
    }

    private static int insert(Transaction tx, Collection<String> addresses) throws SQLException {
        int next = (int) tx.number(LAST);
        if (next + addresses.size() > Times.MAX_MINER) {
            throw new StoreException("number addresses failed: the database has known " + next + " addresses, and "
                    + Times.MAX_MINER + " is the largest number");
        }
        var row = tx.bind(INSERT);
        for (String address : addresses) {
            row.number(++next).text(address).add();
        }
        int inserted = tx.runBatch(INSERT).length;
        if (inserted > 0) {
            tx.move(Version.NAMES);
        }
        return inserted;
    }

    /** Gives each pool of some samples a number, in a transaction of its own. Not to be called inside another. */
    void enterPools(Collection<MetricSample> samples) {
        Names known = last;
        Set<Pool> unknown = new LinkedHashSet<>();
        Pool before = null;
        for (MetricSample sample : samples) {
            Pool pool = sample.pool();
            if (pool != null && !pool.equals(before) && (known == null || !known.knows(pool))) {
                unknown.add(pool);
            }
            before = pool;
        }
        if (!unknown.isEmpty() && (known == null || known.countPools() < MAX_POOLS)) {
            database.write("number pools", tx -> insertPools(tx, unknown));
        }
    }

    private int insertPools(Transaction tx, Set<Pool> unknown) throws SQLException {
        Names names = lock(tx);
        long next = tx.number(LAST_POOL);
        var row = tx.bind(INSERT_POOL);
        for (Pool pool : unknown) {
            if (names.knows(pool)) {
                continue;
            }
            if (next == MAX_POOLS) {
                log.warn("the database knows {} pools; new ones are not stored any more", MAX_POOLS);
                break;
            }
            String worker = pool.worker();
            row.number(++next)
                    .text(pool.url())
                    .text(worker == null ? "" : worker)
                    .add();
        }
        int inserted = tx.runBatch(INSERT_POOL).length;
        if (inserted > 0) {
            tx.move(Version.NAMES);
        }
        return inserted;
    }
}
