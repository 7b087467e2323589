package io.minerops.sqlite.internal.rows;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Pool;
import io.minerops.blocks.Column;
import io.minerops.blocks.PoolNumbers;
import io.minerops.sqlite.internal.db.Database;
import io.minerops.sqlite.internal.db.Durability;
import io.minerops.sqlite.internal.db.Transaction;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The number of each pool that miners have said they work for, mirrored in the heap. There are few, but a device may
 * say what it likes: after {@link #MOST} no new ones are taken in, and a sample that names one is stored without it.
 */
final class PoolBook implements PoolNumbers {
    static final int MOST = 65_536;

    private static final String INSERT = "INSERT INTO pools (id, url, worker) VALUES (?, ?, ?)";
    private static final Logger log = LoggerFactory.getLogger(PoolBook.class);

    private final Database database;
    private final Map<Pool, Long> numbers = new ConcurrentHashMap<>();
    private final Map<Long, Pool> pools = new ConcurrentHashMap<>();

    PoolBook(Database database) {
        this.database = database;
        database.list("load pools", "SELECT id, url, worker FROM pools", values -> {}, row -> {
            long number = row.number();
            return learn(number, new Pool(row.text(), row.text()));
        });
    }

    @Override
    public long number(@Nullable Pool pool) {
        Long number = pool == null ? null : numbers.get(pool);
        return number == null ? Column.ABSENT : number;
    }

    @Override
    public @Nullable Pool pool(long number) {
        return number == Column.ABSENT ? null : pools.get(number);
    }

    /** Gives each new pool a number, in a transaction of its own. Not to be called inside another. */
    void enter(Collection<MetricSample> samples) {
        Set<Pool> unknown = null;
        Pool last = null;
        for (MetricSample sample : samples) {
            Pool pool = sample.pool();
            if (pool == null || pool.equals(last)) {
                continue;
            }
            last = pool;
            if (!numbers.containsKey(pool)) {
                unknown = unknown == null ? new LinkedHashSet<>() : unknown;
                unknown.add(pool);
            }
        }
        if (unknown != null && numbers.size() < MOST) {
            Set<Pool> added = unknown;
            database.write(
                    "number pools",
                    Durability.PROCESS,
                    tx -> insert(tx, added),
                    all -> all.forEach((pool, number) -> learn(number, pool)));
        }
    }

    private Map<Pool, Long> insert(Transaction tx, Set<Pool> unknown) throws SQLException {
        Map<Pool, Long> added = new HashMap<>();
        long last = tx.number("SELECT COALESCE(MAX(id), 0) FROM pools");
        for (Pool pool : unknown) {
            if (last == MOST) {
                log.warn("{} knows {} pools; new ones are not stored any more", database.file(), MOST);
                return added;
            } else if (!numbers.containsKey(pool)) {
                added.put(pool, ++last);
                String worker = pool.worker();
                tx.bind(INSERT)
                        .number(last)
                        .text(pool.url())
                        .text(worker == null ? "" : worker)
                        .update();
            }
        }
        return added;
    }

    private Pool learn(long number, Pool pool) {
        pools.put(number, pool);
        numbers.put(pool, number);
        return pool;
    }
}
