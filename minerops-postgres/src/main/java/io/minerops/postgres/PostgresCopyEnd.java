package io.minerops.postgres;

import io.minerops.api.StoreException;
import io.minerops.api.store.Lease;
import io.minerops.blocks.ReadingIds;
import io.minerops.blocks.Rollup;
import io.minerops.blocks.copy.CopyEnd;
import io.minerops.blocks.copy.CopyKind;
import io.minerops.blocks.copy.CopyRow;
import io.minerops.blocks.copy.CopyTables;
import io.minerops.blocks.copy.MergedTicks;
import io.minerops.blocks.jdbc.Row;
import io.minerops.blocks.jdbc.Stored;
import io.minerops.postgres.internal.db.ConnectionSettings;
import io.minerops.postgres.internal.db.Database;
import io.minerops.postgres.internal.db.Partitions;
import io.minerops.postgres.internal.db.Transaction;
import io.minerops.postgres.internal.rows.PostgresLease;
import io.minerops.postgres.internal.rows.ReadingBook;
import io.minerops.postgres.internal.rows.RollupsForPeople;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A schema as one end of a copy. A lease keeps a second copy out, and the table of progress every server. */
final class PostgresCopyEnd implements CopyEnd {
    private static final String JOB = "db-copy";
    private static final Duration TTL = Duration.ofSeconds(15);
    private static final String PROGRESS_TABLES = "SELECT COUNT(*) FROM information_schema.tables"
            + " WHERE table_schema = current_schema AND table_name = '" + PROGRESS + "'";
    private static final String HELD = "SELECT job, holder FROM leases WHERE until > clock_timestamp() AND job <> '"
            + JOB + "' ORDER BY job LIMIT 1";
    private static final String INSERT_FACT =
            "INSERT INTO facts (id, miner, kind, slot, value, previous, message, began,"
                    + " ended, announced, code) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String INSERT_TICK = "INSERT INTO ticks (at, written, data, writer) VALUES (?, ?, ?, '')";
    private static final int KIND_OF_FACT = 2;
    private static final int VALUE_OF_FACT = 4;
    private static final int DATA_OF_ROLLUP = 2;

    /** The tables that give ids, and the column that has them. */
    private static final Map<String, String> GIVE_IDS = new TreeMap<>(Map.of(
            "moves",
            "number",
            "rules",
            "id",
            "silences",
            "id",
            "alert_destinations",
            "id",
            "events",
            "id",
            "facts",
            "id"));

    private static final String VERSIONS = "SELECT name, value FROM versions";
    private static final String SET_VERSION = "UPDATE versions SET value = ? WHERE name = ?";
    private static final String SET_WRITES = "UPDATE versions SET value = GREATEST("
            + "(SELECT COALESCE(MAX(written), 0) FROM latest), CASE name WHEN 'written'"
            + " THEN (SELECT COALESCE(MAX(written), 0) FROM ticks) ELSE 0 END) WHERE name IN ('written', 'sealed')";
    private static final String MOVE_NAMES = "UPDATE versions SET value = value + 1 WHERE name IN ('names', 'miners')";

    private final PostgresOptions options;
    private final String name;
    private @Nullable Database opened;
    private @Nullable Partitions partitions;
    private @Nullable PostgresLease lease;

    PostgresCopyEnd(PostgresOptions options) {
        this.options = options;
        name = settings(options).name();
    }

    private static ConnectionSettings settings(PostgresOptions options) {
        return new ConnectionSettings(
                options.url(), options.user(), options.password(), options.schema(), options.connections());
    }

    /** Refuses a schema that is the target of a copy which has not ended. */
    static void refuseUnfinished(Database database) {
        if (isUnfinished(database)) {
            throw CopyTables.unfinished(database.name());
        }
    }

    private static boolean isUnfinished(Database database) {
        return database.list("copy", PROGRESS_TABLES, values -> {}, Row::number).get(0) > 0;
    }

    @Override
    public String name() {
        return name;
    }

    private Database database() {
        Database database = opened;
        if (database == null) {
            throw new IllegalStateException(name + " is not open");
        }
        return database;
    }

    @Override
    public void openSource() {
        open();
        refuseUnfinished(database());
    }

    private void open() {
        Database database = Database.open(settings(options));
        opened = database;
        database.list("copy", HELD, values -> {}, row -> row.text() + " (instance " + row.text() + ")").stream()
                .findFirst()
                .ifPresent(held -> {
                    throw new StoreException("copy failed on " + name + ": a server runs on it and holds the lease "
                            + held + "; stop all servers first");
                });
    }

    @Override
    public Map<String, String> openTarget(String source) {
        open();
        partitions = new Partitions(database());
        lease = new PostgresLease(database(), options.instance());
        awaitLease();
        if (isUnfinished(database())) {
            Map<String, String> positions = new HashMap<>();
            database()
                    .list("copy", CopyTables.GET_PROGRESS, values -> {}, row -> positions.put(row.text(), row.text()));
            return CopyTables.of(positions, source, name);
        }
        for (CopyKind kind : CopyKind.values()) {
            if (kind != CopyKind.READINGS && count(kind) > 0) {
                throw CopyTables.holdsOther(name, kind, count(kind));
            }
        }
        database().write("copy", tx -> {
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

    /** A copy that was killed holds the lease for a while. */
    private void awaitLease() {
        for (long waited = 0; renew().isEmpty(); waited++) {
            if (waited > TTL.toSeconds() + 1) {
                throw new StoreException("copy failed on " + name + ": another copy into it runs; let it end first");
            }
            try {
                TimeUnit.SECONDS.sleep(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StoreException("copy failed on " + name + ": interrupted while another copy ended", e);
            }
        }
    }

    private OptionalLong renew() {
        PostgresLease held = lease;
        return held == null ? OptionalLong.empty() : held.acquire(JOB, TTL);
    }

    @Override
    public long count(CopyKind kind) {
        return database()
                .list("copy", "SELECT COUNT(*) FROM " + kind.table(), values -> {}, Row::number)
                .get(0);
    }

    @Override
    public void read(CopyKind kind, List<Long> after, Rows rows) {
        database().readOnce("copy " + kind.table(), connection -> {
            if (kind == CopyKind.TICKS) {
                MergedTicks merged = new MergedTicks(rows);
                CopyTables.read(connection, kind.select() + ", written", kind, after, merged);
                merged.end();
            } else {
                CopyTables.read(connection, kind.select(), kind, after, rows);
            }
            return kind;
        });
    }

    @Override
    public void write(CopyKind kind, List<CopyRow> rows, String position) {
        Partitions made = partitions;
        if (made != null && (kind == CopyKind.TICKS || kind == CopyKind.BLOCKS || kind == CopyKind.ROLLUP_HOUR)) {
            rows.stream().map(row -> row.number(0)).distinct().forEach(made::make);
        }
        long token = renew().orElseThrow(() -> new StoreException(
                "copy failed on " + name + ": another copy holds the lease " + JOB + "; let it end first"));
        PostgresLease held = lease;
        if (held != null) {
            held.fenced(
                    new Lease.Fence(JOB, token),
                    () -> database().write("copy " + kind.table(), tx -> {
                        write(tx, kind, rows);
                        return tx.bind(CopyTables.SET_PROGRESS)
                                .text(kind.table())
                                .text(position)
                                .update();
                    }));
        }
    }

    private static void write(Transaction tx, CopyKind kind, List<CopyRow> rows) throws SQLException {
        String sql = switch (kind) {
            case FACTS -> INSERT_FACT;
            case TICKS -> INSERT_TICK;
            default -> kind.insert();
        };
        CopyTables.write(tx.statement(sql), rows, (statement, next, row) -> {
            if (kind == CopyKind.FACTS) {
                // as Fact.Subject says
                statement.setString(next, row.text(KIND_OF_FACT).equals("fault") ? row.text(VALUE_OF_FACT) : "");
            }
        });
        if (kind == CopyKind.ROLLUP_HOUR || kind == CopyKind.ROLLUP_DAY) {
            ReadingIds readings = ReadingBook.read(tx.connection());
            RollupsForPeople table = kind == CopyKind.ROLLUP_DAY ? RollupsForPeople.DAILY : RollupsForPeople.HOURLY;
            for (CopyRow row : rows) {
                TreeMap<Integer, Rollup> rollups =
                        new TreeMap<>(Rollup.readAll(Stored.rollup(row.bytes(DATA_OF_ROLLUP))));
                table.write(tx, row.number(0), rollups, readings);
            }
        }
    }

    @Override
    public Map<String, Long> counters() {
        Map<String, Long> counters = new HashMap<>();
        database().list("copy", VERSIONS, values -> {}, row -> counters.put(row.text(), row.number()));
        counters.keySet().retainAll(CopyTables.VERSIONS);
        GIVE_IDS.forEach((table, column) -> database()
                .list(
                        "copy",
                        "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM " + table + "_" + column + "_seq",
                        values -> {},
                        row -> counters.put(CopyTables.last(table), row.number())));
        return counters;
    }

    @Override
    public void finish(Map<String, Long> counters) {
        database().write("copy", tx -> {
            for (String version : CopyTables.VERSIONS) {
                tx.bind(SET_VERSION)
                        .number(counters.getOrDefault(version, 0L))
                        .text(version)
                        .update();
            }
            tx.statement(SET_WRITES).executeUpdate();
            tx.statement(MOVE_NAMES).executeUpdate();
            for (Map.Entry<String, String> giver : GIVE_IDS.entrySet()) {
                setLastId(tx, giver.getKey(), giver.getValue(), counters);
            }
            tx.execute(CopyTables.DROP_PROGRESS);
            return counters;
        });
    }

    private static void setLastId(Transaction tx, String table, String column, Map<String, Long> counters)
            throws SQLException {
        String sequence = table + "_" + column + "_seq";
        long unused = Transaction.first(tx.bind("SELECT setval('" + sequence + "', GREATEST(last, 1), last > 0) FROM"
                        + " (SELECT GREATEST(?::bigint, COALESCE(MAX(" + column + "), 0)) AS last FROM " + table
                        + ") t")
                .number(counters.getOrDefault(CopyTables.last(table), 0L)));
    }

    @Override
    public void close() {
        try {
            if (lease != null) {
                lease.release(JOB);
            }
        } finally {
            if (opened != null) {
                opened.close();
            }
        }
    }
}
