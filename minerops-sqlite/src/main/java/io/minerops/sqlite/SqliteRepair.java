package io.minerops.sqlite;

import io.minerops.blocks.jdbc.Row;
import io.minerops.sqlite.internal.db.Database;
import io.minerops.sqlite.internal.db.Migrations;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads every row of a damaged file that can be reached, and writes it to a new file of the same schema. */
final class SqliteRepair {
    /** Sentences on one table; those beyond are counted. */
    static final int MAX_LOSSES = 100;

    private static final String TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table'"
            + " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> 'schema_version' ORDER BY name";
    private static final String ROOTS = "SELECT name, rootpage FROM sqlite_schema WHERE type = 'table'";
    private static final String WITHOUT_KEY =
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%WITHOUT ROWID%'";

    private final Connection damaged;
    private final FileChannel pages;
    private final Connection target;
    private final Map<String, Long> recovered = new LinkedHashMap<>();
    private final List<String> lost = new ArrayList<>();

    private SqliteRepair(Connection damaged, FileChannel pages, Connection target) {
        this.damaged = damaged;
        this.pages = pages;
        this.target = target;
    }

    /**
     * Recovers from a copy, which may be changed, into an empty file.
     *
     * @param file the name of the damaged file in messages
     */
    static SqliteRepairReport run(Path copy, Path written, Path file, Path target) throws SQLException, IOException {
        FileHeader.restore(copy);
        try (Connection damaged = DriverManager.getConnection("jdbc:sqlite:" + copy);
                FileChannel pages = FileChannel.open(copy);
                Connection into = DriverManager.getConnection("jdbc:sqlite:" + written)) {
            SqliteRepair repair = new SqliteRepair(damaged, pages, into);
            repair.recover(file);
            return new SqliteRepairReport(file, target, repair.recovered, repair.lost);
        }
    }

    private void recover(Path file) throws SQLException, IOException {
        try (Statement statement = damaged.createStatement()) {
            // a file whose end is missing is not read at all otherwise
            statement.execute("PRAGMA writable_schema = ON");
            takeInLog(statement);
        }
        Migrations.apply(target, file, Migrations.version(damaged, file));
        Map<String, Long> roots = new LinkedHashMap<>();
        Database.list(damaged, ROOTS, values -> {}, row -> {
            String name = row.text();
            roots.put(name, row.number());
            return name;
        });
        List<String> withoutKey = Database.list(target, WITHOUT_KEY, values -> {}, Row::text);
        target.setAutoCommit(false);
        for (String table : Database.list(target, TABLES, values -> {}, Row::text)) {
            Long root = roots.get(table);
            new OfTable(table).copy(root == null ? 0 : root, !withoutKey.contains(table));
        }
        while (deleteDangling()) {
            // what pointed to the deleted rows is left
        }
        target.commit();
    }

    /** The pages are read past SQLite, which alone knows the log. */
    private void takeInLog(Statement statement) {
        try (ResultSet result = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
            if (result.next() && result.getInt(1) != 0) {
                lost.add("what is in the write-ahead log alone: it cannot be taken in");
            }
        } catch (SQLException e) {
            lost.add("what is in the write-ahead log alone: " + e.getMessage());
        }
    }

    /** Deletes rows that point to rows which are lost, such as alerts of a miner; false where there are none. */
    private boolean deleteDangling() throws SQLException {
        List<Dangling> all = Database.list(
                target,
                "PRAGMA foreign_key_check",
                values -> {},
                row -> new Dangling(row.text(), row.numberOrNull(), row.text()));
        boolean deleted = false;
        Map<String, Integer> losses = new LinkedHashMap<>();
        for (Dangling row : all) {
            deleted |= delete(row);
            if (losses.merge(row.table, 1, Integer::sum) <= MAX_LOSSES) {
                lost.add(row.sentence());
            }
        }
        losses.forEach((table, count) -> {
            if (count > MAX_LOSSES) {
                lost.add((count - MAX_LOSSES) + " more rows of table " + table + " that point to a lost row");
            }
        });
        return deleted;
    }

    private boolean delete(Dangling row) throws SQLException {
        if (row.key == null) {
            return false;
        }
        try (PreparedStatement delete = target.prepareStatement("DELETE FROM \"" + row.table + "\" WHERE rowid = ?")) {
            delete.setLong(1, row.key);
            int rows = delete.executeUpdate();
            recovered.merge(row.table, (long) -rows, Long::sum);
            return rows > 0;
        }
    }

    /**
     * A row that points to none.
     *
     * @param key null in a table without keys
     */
    private record Dangling(String table, @Nullable Long key, String parent) {
        String sentence() {
            return (key == null ? "a row of table " + table : Blobs.row(table, key)) + " points to a lost row of "
                    + parent;
        }
    }

    /** The rows of one table. */
    private final class OfTable {
        private final String table;
        private final String quoted;
        private final int columns;
        private final boolean blobs;
        private long rows;
        private int losses;

        OfTable(String table) throws SQLException {
            this.table = table;
            quoted = "\"" + table + "\"";
            blobs = Blobs.isIn(target, table);
            try (Statement statement = target.createStatement()) {
                // those that a new file begins with
                statement.executeUpdate("DELETE FROM " + quoted);
                try (ResultSet none = statement.executeQuery("SELECT * FROM " + quoted)) {
                    columns = none.getMetaData().getColumnCount();
                }
            }
        }

        void copy(long root, boolean keyed) throws SQLException, IOException {
            String values = String.join(", ", Collections.nCopies(columns, "?"));
            try (PreparedStatement into =
                    target.prepareStatement("INSERT INTO " + quoted + " VALUES (" + values + ")")) {
                if (keyed) {
                    byKey(root, into);
                } else {
                    scan(into);
                }
            }
            recovered.put(table, rows);
            if (losses > MAX_LOSSES) {
                lost.add((losses - MAX_LOSSES) + " more losses of table " + table);
            }
        }

        private void byKey(long root, PreparedStatement into) throws SQLException, IOException {
            TableTree tree = TableTree.read(pages, root);
            tree.lost().forEach(range -> lose(Blobs.rows(table, range.from(), range.to())));
            Iterator<Long> keys = tree.keys().iterator();
            while (keys.hasNext()) {
                rowsUntilFailure(keys, into);
            }
        }

        /** A statement that failed once may not be used again. */
        private void rowsUntilFailure(Iterator<Long> keys, PreparedStatement into) throws SQLException {
            long key = keys.next();
            try (PreparedStatement one =
                    damaged.prepareStatement("SELECT rowid, * FROM " + quoted + " WHERE rowid = ?")) {
                row(one, key, into);
                while (keys.hasNext()) {
                    key = keys.next();
                    row(one, key, into);
                }
            } catch (SQLException e) {
                lose(Blobs.row(table, key) + " cannot be read: " + e.getMessage());
            }
        }

        private void row(PreparedStatement one, long key, PreparedStatement into) throws SQLException {
            one.setLong(1, key);
            try (ResultSet row = one.executeQuery()) {
                if (row.next()) {
                    take(row, into);
                } else {
                    lose(Blobs.row(table, key));
                }
            }
        }

        /** A table without keys has few rows, and its pages hold them in another form. */
        private void scan(PreparedStatement into) throws SQLException {
            try (Statement statement = damaged.createStatement();
                    ResultSet row = statement.executeQuery("SELECT 0, * FROM " + quoted)) {
                while (row.next()) {
                    take(row, into);
                }
            } catch (SQLException e) {
                lose("rows of table " + table + " from the " + (rows + 1) + "th on: " + e.getMessage());
            }
        }

        private void take(ResultSet row, PreparedStatement into) throws SQLException {
            long key = row.getLong(1);
            byte[] data = blobs ? row.getBytes(columns + 1) : null;
            Optional<String> damage = table.equals("addresses")
                    ? Blobs.damagedAddress(key, row.getString(columns + 1))
                    : data == null ? Optional.empty() : Blobs.damage(table, key, data);
            if (damage.isPresent()) {
                lose(damage.get());
                return;
            }
            for (int column = 1; column <= columns; column++) {
                into.setObject(column, row.getObject(column + 1));
            }
            try {
                rows += into.executeUpdate();
            } catch (SQLException e) {
                lose(Blobs.row(table, key) + " is not what the schema allows: " + e.getMessage());
            }
        }

        private void lose(String what) {
            losses++;
            if (losses <= MAX_LOSSES) {
                lost.add(what);
            }
        }
    }
}
