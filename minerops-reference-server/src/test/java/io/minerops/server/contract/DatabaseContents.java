package io.minerops.server.contract;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether anything was written into a database but events, which tell who tried what. The jobs commit at their times, too,
 * but then there is nothing to do.
 */
final class DatabaseContents implements AutoCloseable {
    private static final String TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'events'"
            + " AND name NOT LIKE 'sqlite_%' ORDER BY name";

    private final Connection connection;
    private long version;
    private List<String> rows;

    private DatabaseContents(Connection connection) throws SQLException {
        this.connection = connection;
        version = version();
        rows = rows();
    }

    /** Everything that a database file holds now. */
    static DatabaseContents of(Path file) throws SQLException {
        return new DatabaseContents(DriverManager.getConnection("jdbc:sqlite:" + file));
    }

    /** Whether every row is the same as when this was last asked. */
    boolean isAsBefore() throws SQLException {
        long now = version();
        if (now == version) {
            return true;
        }
        List<String> before = rows;
        version = now;
        rows = rows();
        return rows.equals(before);
    }

    /** Changes with every commit of somebody else. */
    private long version() throws SQLException {
        return Long.parseLong(read("PRAGMA data_version").get(0));
    }

    private List<String> rows() throws SQLException {
        List<String> all = new ArrayList<>();
        for (String table : read(TABLES)) {
            all.add(table);
            all.addAll(read("SELECT * FROM \"" + table + "\""));
        }
        return all;
    }

    private List<String> read(String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    row.add(String.valueOf(result.getString(column)));
                }
                rows.add(String.join("\u001f", row));
            }
        }
        return rows;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
