package io.minerops.benchmarks.peers;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** DuckDB in the process, filled by its appender. */
final class DuckDbEngine implements StorePeers.Engine {
    private final DuckDBConnection connection;
    private final PreparedStatement latest;
    private final PreparedStatement day;
    private final Map<MinerAddress, Integer> numbers = new HashMap<>();

    DuckDbEngine(Path folder) throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("samples.duckdb"))
                .unwrap(DuckDBConnection.class);
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE samples (ts BIGINT, miner INTEGER, "
                    + StorePeers.READINGS.stream()
                            .map(reading -> reading.key() + " DOUBLE")
                            .collect(Collectors.joining(", "))
                    + ")");
        }
        latest = connection.prepareStatement(
                "SELECT s.* FROM samples s JOIN (SELECT miner, MAX(ts) AS ts FROM samples GROUP BY miner) m"
                        + " ON s.miner = m.miner AND s.ts = m.ts");
        day = connection.prepareStatement(
                "SELECT * FROM samples WHERE miner = ? AND ts >= ? AND ts < ? ORDER BY ts");
    }

    private int number(MinerAddress miner) {
        return numbers.computeIfAbsent(miner, one -> numbers.size() + 1);
    }

    @Override
    public void append(Poll poll) throws SQLException {
        try (DuckDBAppender appender = connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, "samples")) {
            for (MetricSample sample : poll.samples()) {
                appender.beginRow();
                appender.append(poll.at().toEpochMilli());
                appender.append(number(sample.miner()));
                for (Reading reading : StorePeers.READINGS) {
                    appender.append(sample.value(reading));
                }
                appender.endRow();
            }
        }
    }

    @Override
    public void settle() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT");
        }
    }

    @Override
    public long latest() throws SQLException {
        return SqliteRows.count(latest);
    }

    @Override
    public long day(MinerAddress miner, Instant until) throws SQLException {
        day.setInt(1, number(miner));
        day.setLong(2, until.minus(Duration.ofDays(1)).toEpochMilli());
        day.setLong(3, until.toEpochMilli());
        return SqliteRows.count(day);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
