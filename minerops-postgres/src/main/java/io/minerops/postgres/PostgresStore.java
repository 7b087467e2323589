package io.minerops.postgres;

import io.minerops.api.StoreException;
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
import io.minerops.blocks.copy.CopyEnd;
import io.minerops.postgres.internal.db.ConnectionSettings;
import io.minerops.postgres.internal.db.Database;
import io.minerops.postgres.internal.rows.NameBook;
import io.minerops.postgres.internal.rows.PostgresAlertStore;
import io.minerops.postgres.internal.rows.PostgresBoardStore;
import io.minerops.postgres.internal.rows.PostgresEventStore;
import io.minerops.postgres.internal.rows.PostgresFactStore;
import io.minerops.postgres.internal.rows.PostgresLease;
import io.minerops.postgres.internal.rows.PostgresMetricStore;
import io.minerops.postgres.internal.rows.PostgresOutboxStore;
import io.minerops.postgres.internal.rows.PostgresRuleStore;
import io.minerops.postgres.internal.rows.PostgresSilenceStore;
import io.minerops.postgres.internal.rows.PostgresSnapshotStore;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * A {@link Store} in a schema of a PostgreSQL database, version 15 or newer, which several processes may share. Each step
 * is one transaction, and each reading step sees one consistent point. Registry, names and latest readings are kept in the
 * heap too, and checked at each use against numbers that every change moves. Times are kept to the millisecond.
 *
 * <p>A server that is restarted fails the steps under way; later ones connect again. Addresses of webhooks are secrets that
 * the database holds in plain text.
 */
public final class PostgresStore implements Store {
    private final String name;
    private final Database database;
    private final PostgresMetricStore metrics;
    private final PostgresRuleStore rules;
    private final PostgresAlertStore alerts;
    private final PostgresSilenceStore silences;
    private final PostgresOutboxStore outbox;
    private final PostgresSnapshotStore snapshots;
    private final PostgresEventStore events;
    private final PostgresFactStore facts;
    private final PostgresBoardStore boards;
    private final PostgresLease lease;

    private PostgresStore(Database database, PostgresOptions options) {
        this.database = database;
        name = database.name();
        NameBook book = new NameBook(database);
        String instance = options.instance() + "-" + HexFormat.of().toHexDigits(new SecureRandom().nextInt());
        metrics = new PostgresMetricStore(database, book, instance, options.clock());
        rules = new PostgresRuleStore(database);
        alerts = new PostgresAlertStore(database, book);
        silences = new PostgresSilenceStore(database);
        outbox = new PostgresOutboxStore(database, book);
        snapshots = new PostgresSnapshotStore(database, book);
        events = new PostgresEventStore(database, options.maxEvents());
        facts = new PostgresFactStore(database, book);
        boards = new PostgresBoardStore(database, book);
        lease = new PostgresLease(database, instance);
    }

    /**
     * Opens the store; its schema is made where there is none, and brought up to date. The database must exist.
     *
     * @throws StoreException if the server cannot be reached or refuses the login, or the schema belongs to another program
     *     or to a newer version of this one
     */
    public static PostgresStore open(PostgresOptions options) {
        Database database = Database.open(new ConnectionSettings(
                options.url(), options.user(), options.password(), options.schema(), options.connections()));
        try {
            PostgresCopyEnd.refuseUnfinished(database);
            PostgresStore store = new PostgresStore(database, options);
            store.lease.forgetEnded();
            return store;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** A schema as an end of a copy to or from another store; for the command {@code db copy} alone. */
    @SuppressWarnings("exports")
    public static CopyEnd copyEnd(PostgresOptions options) {
        return new PostgresCopyEnd(options);
    }

    @Override
    public MetricStore metrics() {
        return metrics;
    }

    @Override
    public MinerStore miners() {
        return metrics.miners();
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

    /**
     * Held by {@link PostgresOptions#instance()} with a random suffix, so that two processes of one name never share a
     * lease; until a time by the database's clock.
     */
    @Override
    public Lease lease() {
        return lease;
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

    /** The database's address and the schema; never user or password. */
    @Override
    public String toString() {
        return "PostgresStore[" + name + "]";
    }
}
