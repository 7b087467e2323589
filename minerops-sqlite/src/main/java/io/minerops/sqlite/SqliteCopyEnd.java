package io.minerops.sqlite;

import io.minerops.api.StoreException;
import io.minerops.blocks.copy.CopyEnd;
import io.minerops.blocks.copy.CopyKind;
import io.minerops.blocks.copy.CopyRow;
import io.minerops.blocks.copy.CopyTables;
import io.minerops.blocks.jdbc.Row;
import io.minerops.blocks.jdbc.Stored;
import io.minerops.blocks.jdbc.Times;
import io.minerops.sqlite.internal.db.Database;
import io.minerops.sqlite.internal.db.Durability;
import io.minerops.sqlite.internal.db.Transaction;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A file as one end of a copy; it is open for writing here, so that no server is. */
final class SqliteCopyEnd implements CopyEnd {
    /** The tables whose key is one number: a time and a miner. */
    private static final Set<CopyKind> PACKED =
            Set.of(CopyKind.SNAPSHOTS, CopyKind.BLOCKS, CopyKind.ROLLUP_HOUR, CopyKind.ROLLUP_DAY);

    private static final List<String> GIVE_IDS = List.of("moves", "rules", "silences", "events", "facts");
    private static final String PROGRESS_TABLES =
            "SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name = '" + PROGRESS + "'";
    private static final String OLD_ROWS = "SELECT (SELECT COUNT(*) FROM polls) + (SELECT COUNT(*) FROM samples)";
    private static final String STATE = "SELECT rules_version, alerts_version, COALESCE(checked_at, -1),"
            + " COALESCE(pruned_before, 0) FROM state";
    private static final String SET_STATE = "UPDATE state SET rules_version = ?, alerts_version = ?,"
            + " checked_at = NULLIF(?, -1), pruned_before = NULLIF(?, 0)";
    private static final String IDS = "SELECT name, seq FROM sqlite_sequence";
    private static final String SET_ID = "UPDATE sqlite_sequence SET seq = MAX(seq, ?) WHERE name = ?";
    private static final String ADD_ID = "INSERT INTO sqlite_sequence (seq, name) VALUES (?, ?)";
    private static final int DATA_OF_TICK = 2;

    private final Path file;
    private @Nullable Database opened;

    SqliteCopyEnd(Path file) {
        this.file = file.toAbsolutePath().normalize();
    }

    /** Refuses a file that is the target of a copy which has not ended. */
    static void refuseUnfinished(Database database) {
        if (isUnfinished(database)) {
            throw CopyTables.unfinished(database.file().toString());
        }
    }

    private static boolean isUnfinished(Database database) {
        return number(database, PROGRESS_TABLES) > 0;
    }

    private static long number(Database database, String sql) {
        return database.list("copy", sql, values -> {}, Row::number).get(0);
    }

    @Override
    public String name() {
        return file.toString();
    }

    private Database database() {
        Database database = opened;
        if (database == null) {
            throw new IllegalStateException(file + " is not open");
        }
        return database;
    }

    @Override
    public void openSource() {
        Database.requireExists("copy", file);
        opened = Database.open(file, SqliteOptions.defaults().connections());
        refuseUnfinished(database());
        if (number(database(), OLD_ROWS) > 0) {
            throw new StoreException("copy failed on " + file + ": it holds samples of an earlier version; start the"
                    + " server on it, and stop it when /readyz shows no more that they are moved");
        }
    }

    @Override
    public Map<String, String> openTarget(String source) {
        opened = Database.open(file, SqliteOptions.defaults().connections());
        if (isUnfinished(database())) {
            Map<String, String> positions = new HashMap<>();
            database()
                    .list("copy", CopyTables.GET_PROGRESS, values -> {}, row -> positions.put(row.text(), row.text()));
            return CopyTables.of(positions, source, name());
        }
        for (CopyKind kind : CopyKind.values()) {
            if (kind != CopyKind.READINGS && count(kind) > 0) {
                throw CopyTables.holdsOther(name(), kind, count(kind));
            }
        }
        database().write("copy", Durability.POWER, tx -> {
            tx.execute(CopyTables.MAKE_PROGRESS);
            // an opening gives each reading a number; without samples those mean nothing
            tx.execute("DELETE FROM " + CopyKind.READINGS.table());
            return tx.bind(CopyTables.SET_PROGRESS)
                    .text(CopyTables.SOURCE)
                    .text(source)
                    .update();
        });
        return Map.of(CopyTables.SOURCE, source);
    }

    @Override
    public long count(CopyKind kind) {
        return number(database(), "SELECT COUNT(*) FROM " + kind.table());
    }

    @Override
    public void read(CopyKind kind, List<Long> after, Rows rows) {
        database().read("copy " + kind.table(), connection -> {
            CopyTables.read(connection, select(kind), kind, after, rows);
            return kind;
        });
    }

    private static String select(CopyKind kind) {
        if (!PACKED.contains(kind)) {
            return kind.select();
        }
        return "SELECT id >> " + Times.MINER_BITS + ", id & " + Times.MAX_MINER + ", " + others(kind) + " FROM "
                + kind.table() + " WHERE id > (? << " + Times.MINER_BITS + " | ?) ORDER BY id";
    }

    private static String others(CopyKind kind) {
        return kind.columns().stream().skip(kind.key().size()).collect(Collectors.joining(", "));
    }

    private static String insert(CopyKind kind) {
        if (kind == CopyKind.TICKS) {
            return "INSERT INTO ticks (at, written, data, samples) VALUES (?, ?, ?, ?)";
        }
        if (!PACKED.contains(kind)) {
            return kind.insert();
        }
        int others = kind.columns().size() - kind.key().size();
        return "INSERT INTO " + kind.table() + " (id, " + others(kind) + ") VALUES (? << " + Times.MINER_BITS + " | ?"
                + ", ?".repeat(others) + ")";
    }

    @Override
    public void write(CopyKind kind, List<CopyRow> rows, String position) {
        database().write("copy " + kind.table(), Durability.PROCESS, tx -> {
            CopyTables.write(tx.statement(insert(kind)), rows, (statement, next, row) -> {
                if (kind == CopyKind.TICKS) {
                    statement.setLong(
                            next, Stored.frame(row.bytes(DATA_OF_TICK)).rows());
                }
            });
            if (kind == CopyKind.SNAPSHOTS) {
                writeTimes(tx, rows);
            }
            return tx.bind(CopyTables.SET_PROGRESS)
                    .text(kind.table())
                    .text(position)
                    .update();
        });
    }

    private static void writeTimes(Transaction tx, List<CopyRow> rows) throws SQLException {
        PreparedStatement statement = tx.statement("INSERT OR IGNORE INTO snapshot_times (at) VALUES (?)");
        for (long at : rows.stream().map(row -> row.number(0)).collect(Collectors.toSet())) {
            statement.setLong(1, at);
            statement.addBatch();
        }
        statement.executeBatch();
    }

    @Override
    public Map<String, Long> counters() {
        Map<String, Long> counters = new HashMap<>();
        database().list("copy", STATE, values -> {}, row -> {
            for (String version : CopyTables.VERSIONS) {
                counters.put(version, row.number());
            }
            return counters;
        });
        database().list("copy", IDS, values -> {}, row -> counters.put(CopyTables.last(row.text()), row.number()));
        return counters;
    }

    @Override
    public void finish(Map<String, Long> counters) {
        database().write("copy", Durability.POWER, tx -> {
            var state = tx.bind(SET_STATE);
            for (String version : CopyTables.VERSIONS) {
                state.number(counters.getOrDefault(version, 0L));
            }
            state.update();
            for (String table : GIVE_IDS) {
                long last = counters.getOrDefault(CopyTables.last(table), 0L);
                if (tx.bind(SET_ID).number(last).text(table).update() == 0) {
                    tx.bind(ADD_ID).number(last).text(table).update();
                }
            }
            tx.execute(CopyTables.DROP_PROGRESS);
            return counters;
        });
    }

    @Override
    public void close() {
        if (opened != null) {
            opened.close();
        }
    }
}
