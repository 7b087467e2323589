package io.minerops.server.flask;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Writes databases as the Flask system does. */
final class FlaskFile implements AutoCloseable {
    private final Connection connection;

    FlaskFile(Path file) throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        run("CREATE TABLE IF NOT EXISTS metrics (id INTEGER NOT NULL PRIMARY KEY, timestamp DATETIME, miner_ip VARCHAR,"
                + " power_w FLOAT, hashrate_ths FLOAT, elapsed_s INTEGER, avg_temp_c FLOAT, avg_fan_rpm FLOAT)");
    }

    FlaskFile run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
        return this;
    }

    FlaskFile sample(@Nullable String timestamp, String minerIp, double ths, double watts, double temp, double rpm)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO metrics (timestamp, miner_ip, hashrate_ths, power_w, elapsed_s, avg_temp_c, avg_fan_rpm)"
                        + " VALUES (?, ?, ?, ?, 3600, ?, ?)")) {
            insert.setString(1, timestamp);
            insert.setString(2, minerIp);
            insert.setDouble(3, ths);
            insert.setDouble(4, watts);
            insert.setDouble(5, temp);
            insert.setDouble(6, rpm);
            insert.executeUpdate();
        }
        return this;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
