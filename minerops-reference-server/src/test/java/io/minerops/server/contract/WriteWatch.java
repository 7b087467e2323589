package io.minerops.server.contract;

import io.minerops.server.support.DatabaseContent;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/** Whether anything was written into a database, which is read through only where a commit was made. */
final class WriteWatch implements AutoCloseable {
    private final Path file;
    private final Connection connection;
    private long version;
    private Map<String, List<String>> content;

    private WriteWatch(Path file, Connection connection) throws SQLException {
        this.file = file;
        this.connection = connection;
        version = version();
        content = DatabaseContent.of(file);
    }

    /** Watches a database file from now on. */
    static WriteWatch over(Path file) throws SQLException {
        return new WriteWatch(file, DriverManager.getConnection("jdbc:sqlite:" + file));
    }

    /** Whether every row is the same as at the last call. */
    boolean sawNothing() throws SQLException {
        long now = version();
        if (now == version) {
            return true;
        }
        Map<String, List<String>> before = content;
        version = now;
        content = DatabaseContent.of(file);
        return content.equals(before);
    }

    /** Changes with every commit of another connection. */
    private long version() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA data_version")) {
            return result.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
