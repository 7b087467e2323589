package io.minerops.sqlite;

import io.minerops.blocks.jdbc.Row;
import io.minerops.sqlite.internal.db.Database;
import io.minerops.sqlite.internal.db.Migrations;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Reads a file through and gathers what is wrong with it. */
final class SqliteCheck {
    /** After so many the file needs a backup, not a longer list. */
    static final int MAX_PROBLEMS = 100;

    /** The part of a code with the kind of failure; the rest is the location. */
    private static final int PRIMARY_CODE = 0xff;

    private static final String TABLES =
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name";

    private SqliteCheck() {}

    static SqliteReport of(Connection connection, Path file, long bytes) throws SQLException {
        int version = Migrations.version(connection, file);
        List<String> damages = damages(connection);
        // on a damaged file neither references nor counts could be believed
        return damages.isEmpty()
                ? new SqliteReport(file, bytes, version, Migrations.latest(), contents(connection), rows(connection))
                : new SqliteReport(file, bytes, version, Migrations.latest(), damages, Map.of());
    }

    private static List<String> contents(Connection connection) throws SQLException {
        List<String> problems = new ArrayList<>(references(connection));
        for (String table : Blobs.tables()) {
            if (Blobs.isIn(connection, table)) {
                Database.list(
                                connection,
                                "SELECT rowid, data FROM " + table,
                                values -> {},
                                row -> Blobs.damage(table, row.number(), row.bytes()))
                        .forEach(damage -> damage.ifPresent(problems::add));
            }
        }
        return problems.subList(0, Math.min(MAX_PROBLEMS, problems.size()));
    }

    private static List<String> damages(Connection connection) throws SQLException {
        try {
            return Database.list(connection, "PRAGMA integrity_check(" + MAX_PROBLEMS + ")", values -> {}, Row::text)
                    .stream()
                    .filter(line -> !line.equals("ok"))
                    .toList();
        } catch (SQLiteException e) {
            if ((e.getResultCode().code & PRIMARY_CODE) == SQLiteErrorCode.SQLITE_CORRUPT.code) {
                return List.of("the check itself met a damage that it cannot pass: " + e.getMessage());
            }
            throw e;
        }
    }

    private static List<String> references(Connection connection) throws SQLException {
        List<String> dangling = Database.list(connection, "PRAGMA foreign_key_check", values -> {}, row -> {
            String table = row.text();
            Long number = row.numberOrNull();
            return "a row of " + table + (number == null ? "" : " (" + number + ")") + " points to no row of "
                    + row.text();
        });
        return dangling.subList(0, Math.min(MAX_PROBLEMS, dangling.size()));
    }

    private static Map<String, Long> rows(Connection connection) throws SQLException {
        Map<String, Long> rows = new LinkedHashMap<>();
        for (String table : Database.list(connection, TABLES, values -> {}, Row::text)) {
            rows.put(
                    table,
                    Database.list(connection, "SELECT COUNT(*) FROM \"" + table + "\"", values -> {}, Row::number)
                            .get(0));
        }
        return rows;
    }
}
