package io.minerops.postgres.internal.rows;

import io.minerops.api.Page;
import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertCost;
import io.minerops.api.alert.AlertCounts;
import io.minerops.api.alert.AlertState;
import io.minerops.api.alert.AlertStatus;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Severity;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.store.AlertBatch;
import io.minerops.api.store.AlertQuery;
import io.minerops.api.store.AlertRow;
import io.minerops.api.store.AlertStore;
import io.minerops.blocks.jdbc.Binder;
import io.minerops.blocks.jdbc.CostRows;
import io.minerops.blocks.jdbc.EnumCodec;
import io.minerops.blocks.jdbc.Row;
import io.minerops.blocks.jdbc.Times;
import io.minerops.postgres.internal.db.Database;
import io.minerops.postgres.internal.db.Transaction;
import io.minerops.postgres.internal.db.Version;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Alerts and the engine's state; each change moves the version that a check's batch must have been computed from. */
public final class PostgresAlertStore implements AlertStore {
    private static final String COUNT = "SELECT status, severity, COUNT(*) FROM alerts GROUP BY status, severity";
    private static final String COUNT_OPEN =
            "SELECT severity, COUNT(*) FROM alerts" + " WHERE status IN ('active', 'acknowledged') GROUP BY severity";
    private static final String COUNT_SINCE = "SELECT COUNT(*) FROM alerts WHERE created_at >= ?";

    private final Database database;
    private final NameBook book;

    public PostgresAlertStore(Database database, NameBook book) {
        this.database = database;
        this.book = book;
    }

    @Override
    public AlertState load() {
        return database.read("load alert state", connection -> AlertStateRows.load(connection, book.of(connection)));
    }

    @Override
    public long version() {
        return database.list("read the alerts' version", AlertStateRows.VERSION, values -> {}, Row::number)
                .get(0);
    }

    @Override
    public List<AlertRow> rows(Collection<Long> ids) {
        return database.read("read stored alerts", connection -> AlertRows.read(connection, ids, book.of(connection)));
    }

    @Override
    public Optional<List<Long>> apply(AlertBatch batch) {
        enterMinersOf(batch);
        if (batch.checkedAt() == null) {
            return database.write("change an alert", tx -> write(tx, batch));
        }
        return database.write("apply an alert check", tx -> write(tx, batch));
    }

    private Optional<List<Long>> write(Transaction tx, AlertBatch batch) throws SQLException {
        if (tx.lock(Version.ALERTS) != batch.baseVersion()) {
            return Optional.empty();
        }
        Names names = book.of(tx.connection());
        List<Long> numbers = new AlertBatchWriter(tx, names).write(batch);
        AlertStateRows.remember(tx, batch, names);
        return Optional.of(numbers);
    }

    private void enterMinersOf(AlertBatch batch) {
        List<MinerAddress> miners = new ArrayList<>(batch.baselines().keySet());
        batch.conditions().keySet().forEach(key -> enter(key.miner(), miners));
        batch.created().forEach(entry -> enter(entry.row().alert().miner(), miners));
        book.enter(miners);
    }

    private void enter(@Nullable MinerAddress miner, List<MinerAddress> miners) {
        if (miner == null) {
            book.enterAll();
        } else {
            miners.add(miner);
        }
    }

    @Override
    public Optional<Alert> find(long id) {
        return database
                .read("read an alert", connection -> {
                    Names names = book.of(connection);
                    return Database.list(
                            connection, AlertRows.ONE, values -> values.number(id), row -> AlertRows.read(row, names));
                })
                .stream()
                .findFirst();
    }

    @Override
    public Page<Alert> find(AlertQuery query) {
        boolean byCost = query.order() == AlertQuery.Order.COST;
        long before = byCost ? 0 : EnumCodec.before(query.cursor());
        MinerAddress miner = query.miner();
        RuleType type = query.type();
        Instant since = query.since();
        StringBuilder sql = new StringBuilder(
                "SELECT " + AlertRows.COLUMNS + " FROM alerts a WHERE " + (byCost ? CostRows.BEHIND : "a.id < ?"));
        if (!query.statuses().isEmpty()) {
            sql.append(" AND ").append(EnumCodec.anyOf("a.status", query.statuses()));
        }
        if (!query.severities().isEmpty()) {
            sql.append(" AND ").append(EnumCodec.anyOf("a.severity", query.severities()));
        }
        sql.append(miner == null ? "" : " AND a.miner = ?");
        sql.append(type == null ? "" : " AND a.type = ?");
        sql.append(since == null ? "" : " AND a.created_at >= ?");
        sql.append(byCost ? CostRows.BY_COST : " ORDER BY a.id DESC").append(" LIMIT ?");
        List<Alert> found = database.read("list alerts", connection -> {
            Names names = book.of(connection);
            return Database.list(
                    connection,
                    sql.toString(),
                    values -> {
                        if (byCost) {
                            CostRows.bindCursor(values, query.cursor());
                        } else {
                            values.number(before);
                        }
                        if (miner != null) {
                            values.number(names.find(miner));
                        }
                        if (type != null) {
                            values.text(type.key());
                        }
                        if (since != null) {
                            values.number(Times.ceiling(since));
                        }
                        values.number(query.limit() + 1L);
                    },
                    row -> AlertRows.read(row, names));
        });
        return byCost ? CostRows.page(found, query.limit()) : EnumCodec.page(found, query.limit(), Alert::id);
    }

    @Override
    public void putCosts(Map<Long, AlertCost> totals, Collection<AlertCost.OfDay> days) {
        database.write("store what alerts cost", tx -> {
            Binder total = tx.bind(CostRows.PUT_TOTAL);
            for (Map.Entry<Long, AlertCost> entry : totals.entrySet()) {
                CostRows.bind(total, entry.getKey(), entry.getValue()).add();
            }
            tx.runBatch(CostRows.PUT_TOTAL);
            Binder row = tx.bind(CostRows.PUT_DAY);
            for (AlertCost.OfDay day : days) {
                CostRows.bind(row, day).add();
            }
            return tx.runBatch(CostRows.PUT_DAY);
        });
    }

    @Override
    public List<AlertCost.OfDay> costs(Collection<Long> ids) {
        return database.list(
                "read what alerts cost",
                CostRows.DAYS + "alert_id = ANY (string_to_array(?, ',')::bigint[])" + CostRows.BY_DAY,
                values -> values.text(AlertRows.numbers(ids)),
                CostRows::readDay);
    }

    @Override
    public List<AlertCost.OfDay> costs(Instant since, Instant until) {
        return database.list(
                "read what alerts cost",
                CostRows.DAYS + CostRows.WITHIN + CostRows.BY_DAY,
                values -> values.number(Times.ceiling(since)).number(Times.ceiling(until)),
                CostRows::readDay);
    }

    @Override
    public AlertCounts count(Instant now) {
        return database.read("count alerts", connection -> {
            Map<AlertStatus, Long> byStatus = new EnumMap<>(AlertStatus.class);
            Map<Severity, Long> open = new EnumMap<>(Severity.class);
            Map<Severity, Long> active = new EnumMap<>(Severity.class);
            Database.list(connection, COUNT, values -> {}, row -> {
                AlertStatus status = EnumCodec.read(AlertStatus.class, row.text());
                Severity severity = EnumCodec.read(Severity.class, row.text());
                long count = row.number();
                byStatus.merge(status, count, Long::sum);
                if (status.isOpen()) {
                    open.merge(severity, count, Long::sum);
                }
                if (status == AlertStatus.ACTIVE) {
                    active.merge(severity, count, Long::sum);
                }
                return status;
            });
            long dayAgo = Times.ceiling(now.minus(Duration.ofHours(24)));
            long since = Database.list(connection, COUNT_SINCE, values -> values.number(dayAgo), Row::number)
                    .get(0);
            return new AlertCounts(byStatus, open, active, since);
        });
    }

    @Override
    public Map<Severity, Long> countOpen() {
        Map<Severity, Long> open = new EnumMap<>(Severity.class);
        for (Severity severity : Severity.values()) {
            open.put(severity, 0L);
        }
        return database.read("count open alerts", connection -> {
            Database.list(
                    connection,
                    COUNT_OPEN,
                    values -> {},
                    row -> open.put(EnumCodec.read(Severity.class, row.text()), row.number()));
            return open;
        });
    }
}
