package io.minerops.sqlite.internal.db;

import io.minerops.blocks.jdbc.Row;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The tables that alerts depend on are read through when a file is opened, so that damage is found then and not by a job.
 * They are small; the history, which is not, is checked by its checksums when it is read.
 */
final class SoundTables {
    private static final List<String> TABLES = List.of(
            "addresses",
            "miners",
            "readings",
            "pools",
            "state",
            "rules",
            "silences",
            "alerts",
            "alert_destinations",
            "outbox",
            "conditions",
            "baselines");

    private SoundTables() {}

    static void require(Connection connection) throws SQLException {
        for (String table : TABLES) {
            String found = Database.list(connection, "PRAGMA quick_check('" + table + "')", values -> {}, Row::text)
                    .get(0);
            if (!found.equals("ok")) {
                throw new SQLiteException("table " + table + ": " + found, SQLiteErrorCode.SQLITE_CORRUPT);
            }
        }
    }
}
