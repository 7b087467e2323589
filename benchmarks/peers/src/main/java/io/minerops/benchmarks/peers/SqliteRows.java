package io.minerops.benchmarks.peers;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A row a sample in SQLite: as schema 7 had them in time order, and as the first version did with times and addresses as text. */
final class SqliteRows implements StorePeers.Engine {
    private static final String COLUMNS =
            StorePeers.READINGS.stream().map(reading -> reading.key() + " REAL").collect(Collectors.joining(", "));
    private static final String PLACES = ", ?".repeat(StorePeers.READINGS.size());

    private final Connection connection;
    private final boolean seed;
    private final PreparedStatement insert;
    private final PreparedStatement latest;
    private final PreparedStatement day;
    private final Map<MinerAddress, Integer> numbers = new HashMap<>();

    private SqliteRows(Path folder, boolean seed) throws SQLException {
        this.seed = seed;
        connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("rows.db"));
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = NORMAL");
            if (seed) {
                statement.execute("CREATE TABLE samples (id INTEGER PRIMARY KEY, at TEXT, miner TEXT, " + COLUMNS + ")");
                statement.execute("CREATE INDEX by_at ON samples (at)");
                statement.execute("CREATE INDEX by_miner ON samples (miner)");
            } else {
                statement.execute("CREATE TABLE samples (id INTEGER PRIMARY KEY, " + COLUMNS + ")");
                statement.execute("CREATE TABLE polls (at INTEGER PRIMARY KEY)");
                statement.execute("CREATE TABLE latest (miner INTEGER PRIMARY KEY, at INTEGER, " + COLUMNS + ")");
            }
        }
        connection.setAutoCommit(false);
        insert = connection.prepareStatement(
                seed
                        ? "INSERT INTO samples VALUES (NULL, ?, ?" + PLACES + ")"
                        : "INSERT INTO samples VALUES (? << 20 | ?" + PLACES + ")");
        latest = connection.prepareStatement(
                seed
                        ? "SELECT s.* FROM samples s JOIN (SELECT miner, MAX(at) AS at FROM samples GROUP BY miner) m"
                                + " ON s.miner = m.miner AND s.at = m.at"
                        : "SELECT * FROM latest");
        day = connection.prepareStatement(
                seed
                        ? "SELECT * FROM samples WHERE miner = ? AND at >= ? AND at < ? ORDER BY at"
                        : "SELECT s.* FROM polls p CROSS JOIN samples s ON s.id = (p.at << 20 | ?)"
                                + " WHERE p.at >= ? AND p.at < ? ORDER BY p.at");
    }

    static SqliteRows ofSeed(Path folder) throws SQLException {
        return new SqliteRows(folder, true);
    }

    static SqliteRows ofSchema7(Path folder) throws SQLException {
        return new SqliteRows(folder, false);
    }

    private int number(MinerAddress miner) {
        return numbers.computeIfAbsent(miner, one -> numbers.size() + 1);
    }

    @Override
    public void append(Poll poll) throws SQLException {
        long at = poll.at().toEpochMilli();
        for (MetricSample sample : poll.samples()) {
            if (seed) {
                insert.setString(1, poll.at().toString());
                insert.setString(2, sample.miner().toString());
            } else {
                insert.setLong(1, at);
                insert.setInt(2, number(sample.miner()));
            }
            int place = 3;
            for (Reading reading : StorePeers.READINGS) {
                insert.setDouble(place++, sample.value(reading));
            }
            insert.addBatch();
        }
        insert.executeBatch();
        if (!seed) {
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("INSERT INTO polls VALUES (" + at + ")");
                statement.executeUpdate("INSERT OR REPLACE INTO latest SELECT id & 1048575, " + at + ", "
                        + StorePeers.READINGS.stream().map(Reading::key).collect(Collectors.joining(", "))
                        + " FROM samples WHERE id BETWEEN " + (at << 20) + " AND " + (at << 20 | 1_048_575));
            }
        }
        connection.commit();
    }

    @Override
    public long latest() throws SQLException {
        return count(latest);
    }

    @Override
    public long day(MinerAddress miner, Instant until) throws SQLException {
        Instant since = until.minus(Duration.ofDays(1));
        if (seed) {
            day.setString(1, miner.toString());
            day.setString(2, since.toString());
            day.setString(3, until.toString());
        } else {
            day.setInt(1, number(miner));
            day.setLong(2, since.toEpochMilli());
            day.setLong(3, until.toEpochMilli());
        }
        return count(day);
    }

    static long count(PreparedStatement query) throws SQLException {
        long count = 0;
        double sum = 0;
        try (ResultSet rows = query.executeQuery()) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                count++;
                for (int column = columns - StorePeers.READINGS.size() + 1; column <= columns; column++) {
                    sum += rows.getDouble(column);
                }
            }
        }
        return Double.isNaN(sum) ? -1 : count;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
