package io.minerops.sqlite.internal.db;

import io.minerops.api.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Brings a file's schema up to this program's, one numbered script per transaction. */
public final class Migrations {
    /** Script n leads from version n - 1 to n; a script that was released is never changed. */
    private static final List<String> SCRIPTS = List.of(
            "0001_fleet_alerts_profit.sql",
            "0002_metrics_view.sql",
            "0003_boards_pools_options.sql",
            "0004_device_identity.sql",
            "0005_coolant.sql",
            "0006_rule_channels.sql",
            "0007_moves.sql",
            "0008_blocks.sql",
            "0009_latest_frames.sql",
            "0010_facts.sql",
            "0011_boards.sql",
            "0012_owners.sql",
            "0013_alert_costs.sql");

    private Migrations() {}

    /** The version that this program works with. */
    public static int latest() {
        return SCRIPTS.size();
    }

    /**
     * Applies what the file lacks.
     *
     * @param target the version to stop at, at most {@link #latest()}
     * @throws StoreException as {@link #version} does
     */
    public static void apply(Connection connection, Path file, int target) throws SQLException {
        int version = version(connection, file);
        for (int next = version + 1; next <= target; next++) {
            applyOne(connection, next);
        }
    }

    /**
     * The version of the file's schema; 0 where it is empty.
     *
     * @throws StoreException if the file belongs to a newer program or to another one
     */
    public static int version(Connection connection, Path file) throws SQLException {
        int version = stored(connection, file);
        if (version > latest()) {
            throw new StoreException(
                    "open failed on " + file + ": its schema has version " + version
                            + ", and this program knows versions up to " + latest()
                            + "; use the program that wrote it, or a newer one",
                    StoreException.Reason.NEWER_SCHEMA);
        }
        return version;
    }

    private static int stored(Connection connection, Path file) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (number(statement, "SELECT COUNT(*) FROM sqlite_schema WHERE name = 'schema_version'") == 0) {
                if (number(statement, "SELECT COUNT(*) FROM sqlite_schema") > 0) {
                    throw new StoreException("open failed on " + file
                            + ": it is a SQLite database of another program (it has no table schema_version);"
                            + " choose another file");
                }
                return 0;
            }
            return number(statement, "SELECT COALESCE(MAX(version), 0) FROM schema_version");
        }
    }

    private static int number(Statement statement, String sql) throws SQLException {
        try (ResultSet results = statement.executeQuery(sql)) {
            return results.getInt(1);
        }
    }

    private static void applyOne(Connection connection, int version) throws SQLException {
        String script = script(SCRIPTS.get(version - 1));
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            try {
                statement.executeUpdate(
                        "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY) STRICT");
                statement.executeUpdate(script);
                statement.executeUpdate("INSERT INTO schema_version (version) VALUES (" + version + ")");
                statement.execute("COMMIT");
            } catch (SQLException e) {
                statement.execute("ROLLBACK");
                throw e;
            }
        }
    }

    private static String script(String name) {
        try (InputStream stream = Migrations.class.getResourceAsStream("migrations/" + name)) {
            if (stream == null) {
                throw new StoreException("migration " + name + " is missing from the program's jar");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new StoreException("migration " + name + " cannot be read from the program's jar", e);
        }
    }
}
