package io.minerops.sqlite.internal.rows;

import io.minerops.api.miner.MinerIndex;
import io.minerops.api.miner.Reading;
import io.minerops.api.store.PollColumns;
import io.minerops.api.store.PollQuery;
import io.minerops.sqlite.internal.db.Binder;
import io.minerops.sqlite.internal.db.Database;
import io.minerops.sqlite.internal.db.Row;
import io.minerops.sqlite.internal.db.Times;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * Reads history poll by poll as columns. A row costs a step and a call for each of its columns, so only requested columns
 * are selected, and for other miners only the key is read.
 */
final class PollHistory {
    /** Rows read in one transaction, about a second: a long one would keep the write-ahead log from being reset. */
    private static final int ROWS_PER_STEP = 1_000_000;

    private static final int NOT_REQUESTED = -1;

    private final Database database;
    private final AddressBook addresses;
    private final PoolBook pools;

    PollHistory(Database database, AddressBook addresses, PoolBook pools) {
        this.database = database;
        this.addresses = addresses;
        this.pools = pools;
    }

    void read(PollQuery query, Predicate<PollColumns> consumer) {
        Reader reader = new Reader(query, consumer);
        boolean more;
        do {
            more = database.read("read polls", reader::step);
        } while (more);
    }

    /** The row of each address number in a roster. */
    private int[] rowsByNumber(MinerIndex roster) {
        int[] numbers = new int[roster.size()];
        for (int row = 0; row < numbers.length; row++) {
            numbers[row] = addresses.find(roster.miner(row).address());
        }
        int[] rows = new int[Arrays.stream(numbers).max().orElse(0) + 1];
        Arrays.fill(rows, NOT_REQUESTED);
        for (int row = 0; row < numbers.length; row++) {
            if (numbers[row] >= 0) {
                rows[numbers[row]] = row;
            }
        }
        return rows;
    }

    /** Goes through one range of polls, a step at a time. */
    private final class Reader {
        private final Predicate<PollColumns> consumer;
        private final PollColumns poll;
        private final Reading[] readings;
        private final boolean power;
        private final boolean pool;
        private final int[] rows;
        /** The number of the one requested miner; 0 for several, which are found among all. */
        private final int onlyMiner;

        private final String sql;
        private final long end;
        private long next;
        private boolean begun;
        private boolean wanted = true;

        Reader(PollQuery query, Predicate<PollColumns> consumer) {
            this.consumer = consumer;
            List<Reading> queried = query.readings().stream().sorted().toList();
            readings = queried.toArray(Reading[]::new);
            power = queried.contains(Reading.POWER_W);
            pool = queried.contains(Reading.POOLS_ALIVE);
            poll = new PollColumns(query.roster(), queried);
            rows = rowsByNumber(query.roster());
            onlyMiner = query.roster().size() == 1 ? rows.length - 1 : 0;
            sql = sql();
            next = Times.key(Times.keyCeiling(query.since()), 0);
            end = Times.key(Times.keyCeiling(query.until()), 0);
        }

        private String sql() {
            StringBuilder columns = new StringBuilder();
            for (Reading reading : readings) {
                columns.append(", s.").append(reading.key());
            }
            columns.append(power ? ", s.power_estimated" : "").append(pool ? ", s.pool" : "");
            return onlyMiner == 0
                    ? "SELECT s.id" + columns + " FROM samples s WHERE s.id >= ? AND s.id < ? ORDER BY s.id LIMIT "
                            + ROWS_PER_STEP
                    // the poll's own key where the miner did not answer: it is that of number 0, which no miner has
                    : "SELECT COALESCE(s.id, p.at << " + Times.MINER_BITS + ")" + columns
                            + " FROM polls p LEFT JOIN samples s ON s.id = (p.at << " + Times.MINER_BITS + " | "
                            + onlyMiner + ") WHERE p.at >= ? AND p.at < ? ORDER BY p.at LIMIT " + ROWS_PER_STEP;
        }

        /** Reads the next rows; false at the end. */
        boolean step(Connection connection) throws SQLException {
            int count;
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                Binder values = new Binder(statement);
                if (onlyMiner == 0) {
                    values.number(next).number(end);
                } else {
                    values.number(Times.keyTime(next + Times.MAX_MINER)).number(Times.keyTime(end));
                }
                count = take(values);
            }
            boolean more = wanted && count == ROWS_PER_STEP;
            if (!more) {
                give();
            }
            return more;
        }

        private int take(Binder values) throws SQLException {
            int count = 0;
            try (var results = values.query()) {
                Row row = new Row(results);
                while (wanted && row.next()) {
                    count++;
                    long key = row.number();
                    next = key + 1;
                    long at = Times.keyTime(key);
                    if (!begun || at != poll.epochMillis()) {
                        give();
                        poll.begin(at);
                        begun = true;
                    }
                    int number = Times.miner(key);
                    if (number < rows.length && rows[number] != NOT_REQUESTED) {
                        add(row, rows[number]);
                    }
                }
            }
            return count;
        }

        private void add(Row row, int rosterRow) throws SQLException {
            poll.add(rosterRow);
            for (Reading reading : readings) {
                poll.set(reading, row.real());
            }
            if (power) {
                poll.powerEstimated(row.flag());
            }
            if (pool) {
                poll.pool(pools.pool(row.numberOrNull()));
            }
        }

        private void give() {
            if (begun && wanted) {
                wanted = consumer.test(poll);
            }
        }
    }
}
