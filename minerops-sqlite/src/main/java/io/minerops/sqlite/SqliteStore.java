package io.minerops.sqlite;

import io.minerops.api.StoreException;
import io.minerops.api.event.Event;
import io.minerops.api.store.AlertStore;
import io.minerops.api.store.BoardStore;
import io.minerops.api.store.EventStore;
import io.minerops.api.store.FactStore;
import io.minerops.api.store.Lease;
import io.minerops.api.store.MetricStore;
import io.minerops.api.store.MinerStore;
import io.minerops.api.store.OutboxStore;
import io.minerops.api.store.RuleStore;
import io.minerops.api.store.SilenceStore;
import io.minerops.api.store.SnapshotStore;
import io.minerops.api.store.Store;
import io.minerops.sqlite.internal.db.Database;
import io.minerops.sqlite.internal.rows.AddressBook;
import io.minerops.sqlite.internal.rows.Fleet;
import io.minerops.sqlite.internal.rows.SqliteAlertStore;
import io.minerops.sqlite.internal.rows.SqliteBoardStore;
import io.minerops.sqlite.internal.rows.SqliteEventStore;
import io.minerops.sqlite.internal.rows.SqliteFactStore;
import io.minerops.sqlite.internal.rows.SqliteMetricStore;
import io.minerops.sqlite.internal.rows.SqliteMinerStore;
import io.minerops.sqlite.internal.rows.SqliteOutboxStore;
import io.minerops.sqlite.internal.rows.SqliteRuleStore;
import io.minerops.sqlite.internal.rows.SqliteSilenceStore;
import io.minerops.sqlite.internal.rows.SqliteSnapshotStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link Store} in one SQLite file, for one process. Each step is one transaction: a process that dies leaves none
 * half done. Alerts, messages, rules and the registry also survive a power cut from the moment their call returns;
 * samples, events, profitability and learned baselines may lose the last seconds to one, and no more than the end.
 *
 * <p>Reads run beside the writer and see whole transactions only. The latest readings and the registry are read from
 * the heap. Others may read the file at the same time, by {@link #openForReading} or its view {@code metrics}; a second writer is
 * refused by a lock on the file, which holds for every link to it, and on {@code <name>.lock} beside it. Times are kept to the millisecond.
 *
 * <p>The address of a webhook is a secret that the file holds in plain text: a new file can be read by its owner alone.
 * A file that is replaced or deleted while it is open fails {@link #ping()}, and changes that users make are refused; a
 * file that any step found damaged fails it too, until the store is opened again.
 */
public final class SqliteStore implements Store {
    private static final Logger log = LoggerFactory.getLogger(SqliteStore.class);

    private final Database database;
    /** That a damaged file was moved aside; null where none was. */
    private final @Nullable String moved;

    private final SqliteMetricStore metrics;
    private final SqliteMinerStore miners;
    private final SqliteRuleStore rules;
    private final SqliteAlertStore alerts;
    private final SqliteSilenceStore silences;
    private final SqliteOutboxStore outbox;
    private final SqliteSnapshotStore snapshots;
    private final SqliteEventStore events;
    private final SqliteFactStore facts;
    private final SqliteBoardStore boards;

    private SqliteStore(Database database, SqliteOptions options, @Nullable String moved) {
        this.database = database;
        this.moved = moved;
        AddressBook addresses = new AddressBook(database);
        Fleet fleet = new Fleet();
        // miners first: the latest samples are those of registered miners
        miners = new SqliteMinerStore(database, addresses, fleet);
        metrics = new SqliteMetricStore(database, addresses, fleet, options.clock());
        rules = new SqliteRuleStore(database);
        alerts = new SqliteAlertStore(database, addresses);
        silences = new SqliteSilenceStore(database);
        outbox = new SqliteOutboxStore(database, addresses);
        snapshots = new SqliteSnapshotStore(database, addresses);
        events = new SqliteEventStore(database, options.maxEvents());
        facts = new SqliteFactStore(database, addresses);
        boards = new SqliteBoardStore(database, addresses);
    }

    /**
     * Opens a file with {@link SqliteOptions#defaults()}, and makes it where there is none; the folder must exist.
     *
     * @throws StoreException if the file is not a database, belongs to another program or to a newer version of this
     *     one, or is open for writing elsewhere
     */
    public static SqliteStore open(Path file) {
        return open(file, SqliteOptions.defaults());
    }

    /**
     * Opens a file as {@link #open(Path)} does.
     *
     * @throws StoreException as {@link #open(Path)} does
     */
    public static SqliteStore open(Path file, SqliteOptions options) {
        try {
            return opened(file, options, null);
        } catch (StoreException e) {
            String moved = options.damagedMovedAside()
                    ? DamagedFile.moveAside(file, e, options.clock().instant())
                    : null;
            if (moved == null) {
                throw e;
            }
            log.error("{}", moved, e);
            return opened(file, options, moved);
        }
    }

    private static SqliteStore opened(Path file, SqliteOptions options, @Nullable String moved) {
        Database database = Database.open(file, options.connections());
        try {
            SqliteCopyEnd.refuseUnfinished(database);
            SqliteStore store = new SqliteStore(database, options, moved);
            Instant now = options.clock().instant();
            if (moved != null) {
                store.events.record(Event.of(now, Event.Level.ERROR, "store", null, moved));
            }
            store.report(database.findings(), now);
            store.metrics.moveOldRows();
            return store;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** What was found at the opening is logged, and kept as events. */
    private void report(List<String> findings, Instant now) {
        for (String finding : findings) {
            log.warn("{}", finding);
            events.record(Event.of(now, Event.Level.WARNING, "store", null, finding));
        }
    }

    /**
     * Opens a file for reading alone, beside the process that writes to it. The registry and the latest readings are
     * those of this moment; whatever would write fails with a {@link StoreException}.
     *
     * @throws StoreException if there is no such file, it is not a database, belongs to another program, or its schema
     *     is not this version's
     */
    public static SqliteStore openForReading(Path file) {
        SqliteOptions options = SqliteOptions.defaults();
        Database database = Database.openForReading(file, options.connections());
        try {
            SqliteCopyEnd.refuseUnfinished(database);
            return new SqliteStore(database, options, null);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** The file, to be checked and backed up while the store is open. */
    public SqliteFile file() {
        return SqliteFile.of(database.file());
    }

    @Override
    public MetricStore metrics() {
        return metrics;
    }

    @Override
    public MinerStore miners() {
        return miners;
    }

    @Override
    public RuleStore rules() {
        return rules;
    }

    @Override
    public AlertStore alerts() {
        return alerts;
    }

    @Override
    public SilenceStore silences() {
        return silences;
    }

    @Override
    public OutboxStore outbox() {
        return outbox;
    }

    @Override
    public SnapshotStore snapshots() {
        return snapshots;
    }

    @Override
    public EventStore events() {
        return events;
    }

    @Override
    public FactStore facts() {
        return facts;
    }

    @Override
    public BoardStore boards() {
        return boards;
    }

    /** Always granted while the store is open: this process is the only one that writes. */
    @Override
    public Lease lease() {
        return new Lease() {
            @Override
            public OptionalLong acquire(String job, Duration ttl) {
                database.requireOpen();
                return Lease.always().acquire(job, ttl);
            }

            @Override
            public void release(String job) {
                database.requireOpen();
            }
        };
    }

    @Override
    public Optional<String> activity() {
        return metrics.activity().or(() -> Optional.ofNullable(moved));
    }

    @Override
    public void ping() {
        database.ping();
    }

    @Override
    public void close() {
        metrics.close();
        database.close();
    }

    /** The file's path. */
    @Override
    public String toString() {
        return "SqliteStore[" + database.file() + "]";
    }
}
