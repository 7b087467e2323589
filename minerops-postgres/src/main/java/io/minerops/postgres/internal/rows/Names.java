package io.minerops.postgres.internal.rows;

import io.minerops.api.StoreException;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Pool;
import io.minerops.blocks.Column;
import io.minerops.blocks.MinerNumbers;
import io.minerops.blocks.PoolNumbers;
import io.minerops.postgres.internal.db.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of addresses and pools at one version, which never change: a step takes those of the point that it sees, so
 * that no step sees a miner under two addresses. The empty address stands for all miners of a rule's scope together.
 */
final class Names implements MinerNumbers, PoolNumbers {
    private final long version;
    private final MinerAddress[] addresses;
    private final Map<MinerAddress, Integer> numbers = new HashMap<>();
    private final Map<Long, Pool> pools = new HashMap<>();
    private final Map<Pool, Long> poolNumbers = new HashMap<>();
    private final int together;
    private int @Nullable [] ranks;

    private record Named(int number, String address) {}

    private Names(long version, Iterable<Named> all, int highest) {
        this.version = version;
        addresses = new MinerAddress[highest + 1];
        int all0 = 0;
        for (Named named : all) {
            if (named.address.isEmpty()) {
                all0 = named.number;
            } else {
                MinerAddress address = MinerAddress.parse(named.address);
                addresses[named.number] = address;
                numbers.put(address, named.number);
            }
        }
        together = all0;
    }

    static Names load(Connection connection, long version) throws SQLException {
        var named = Database.list(
                connection,
                "SELECT id, address FROM addresses",
                values -> {},
                row -> new Named((int) row.number(), row.text()));
        Names names = new Names(
                version, named, named.stream().mapToInt(Named::number).max().orElse(0));
        Database.list(connection, "SELECT id, url, worker FROM pools", values -> {}, row -> {
            long number = row.number();
            Pool pool = new Pool(row.text(), row.text());
            names.pools.put(number, pool);
            names.poolNumbers.put(pool, number);
            return pool;
        });
        return names;
    }

    long version() {
        return version;
    }

    @Override
    public MinerAddress address(int number) {
        return addresses[number];
    }

    /** The address of a number; null for all miners together. */
    @Nullable
    MinerAddress addressOrAll(int number) {
        return number == together ? null : addresses[number];
    }

    @Override
    public int find(MinerAddress address) {
        return numbers.getOrDefault(address, -1);
    }

    boolean knowsAll() {
        return together > 0;
    }

    /** The number of an address that was entered, or of all miners together. */
    int number(@Nullable MinerAddress address) {
        int number = address == null ? together : find(address);
        if (number <= 0) {
            throw new StoreException((address == null ? "all miners together" : "address " + address)
                    + " has no number in the database");
        }
        return number;
    }

    @Override
    public int highest() {
        return addresses.length - 1;
    }

    @Override
    public synchronized int[] ranks() {
        int[] known = ranks;
        if (known == null) {
            int[] fresh = new int[addresses.length];
            int[] rank = {0};
            IntStream.range(1, addresses.length)
                    .filter(number -> addresses[number] != null)
                    .boxed()
                    .sorted(Comparator.comparing(number -> addresses[number]))
                    .forEach(number -> fresh[number] = rank[0]++);
            known = fresh;
            ranks = known;
        }
        return known;
    }

    @Override
    public long number(@Nullable Pool pool) {
        Long number = pool == null ? null : poolNumbers.get(pool);
        return number == null ? Column.ABSENT : number;
    }

    boolean knows(Pool pool) {
        return poolNumbers.containsKey(pool);
    }

    int countPools() {
        return pools.size();
    }

    @Override
    public @Nullable Pool pool(long number) {
        return number == Column.ABSENT ? null : pools.get(number);
    }
}
