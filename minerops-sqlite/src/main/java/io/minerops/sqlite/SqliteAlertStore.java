package io.minerops.sqlite;

import io.minerops.api.Page;
import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertCounts;
import io.minerops.api.alert.AlertQuery;
import io.minerops.api.alert.AlertState;
import io.minerops.api.alert.AlertStatus;
import io.minerops.api.alert.AlertStore;
import io.minerops.api.alert.AlertTransition;
import io.minerops.api.alert.AppliedTransitions;
import io.minerops.api.alert.ConditionKey;
import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Severity;
import io.minerops.api.alert.StatusChange;
import io.minerops.api.alert.TransitionBatch;
import io.minerops.api.internal.Check;
import io.minerops.api.miner.MinerAddress;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Alerts and the engine's state; each change moves the version that a check's batch must have been computed from. */
final class SqliteAlertStore implements AlertStore {
    private static final String ACKNOWLEDGE = "UPDATE alerts SET status = 'acknowledged', acknowledged_at = ?,"
            + " acknowledged_by = ?, updated_at = ? WHERE id = ? AND status = 'active'";
    private static final String COUNT = "SELECT status, severity, COUNT(*) FROM alerts GROUP BY status, severity";
    private static final String COUNT_OPEN =
            "SELECT severity, COUNT(*) FROM alerts" + " WHERE status IN ('active', 'acknowledged') GROUP BY severity";
    private static final String COUNT_SINCE = "SELECT COUNT(*) FROM alerts WHERE created_at >= ?";

    private final Database database;
    private final AddressBook addresses;

    SqliteAlertStore(Database database, AddressBook addresses) {
        this.database = database;
        this.addresses = addresses;
    }

    @Override
    public AlertState load() {
        return addresses.whileNobodyMoves(
                () -> database.read("load alert state", connection -> AlertStateRows.load(connection, addresses)));
    }

    @Override
    public AppliedTransitions apply(TransitionBatch batch) {
        enterMinersOf(batch);
        // what only moves baselines is learned again after a power cut; what raises, ends or delays an alert is not
        boolean learning = batch.transitions().isEmpty() && batch.conditions().isEmpty();
        return database.write("apply an alert check", learning ? Durability.PROCESS : Durability.POWER, tx -> {
            long version = tx.number(AlertStateRows.VERSION);
            if (version != batch.baseVersion()) {
                return new AppliedTransitions.Stale(version);
            }
            AppliedTransitions.Applied applied = new TransitionWriter(tx, addresses).write(batch.transitions());
            AlertStateRows.remember(tx, batch, addresses);
            return applied;
        });
    }

    private void enterMinersOf(TransitionBatch batch) {
        List<MinerAddress> miners = new ArrayList<>(batch.baselines().keySet());
        Stream<ConditionKey> keys = Stream.concat(
                batch.conditions().keySet().stream(),
                batch.transitions().stream().map(AlertTransition::key));
        keys.forEach(key -> {
            if (key.miner() == null) {
                addresses.enterAll();
            } else {
                miners.add(key.miner());
            }
        });
        addresses.enter(miners);
    }

    @Override
    public Optional<Alert> find(long id) {
        return database
                .list(
                        "read an alert",
                        AlertRows.ONE,
                        values -> values.number(id),
                        row -> AlertRows.read(row, addresses))
                .stream()
                .findFirst();
    }

    @Override
    public Page<Alert> find(AlertQuery query) {
        long before = Keys.before(query.cursor());
        MinerAddress miner = query.miner();
        RuleType type = query.type();
        Instant since = query.since();
        StringBuilder sql = new StringBuilder("SELECT " + AlertRows.COLUMNS + " FROM alerts a WHERE a.id < ?");
        if (!query.statuses().isEmpty()) {
            sql.append(" AND ").append(Keys.anyOf("a.status", query.statuses()));
        }
        if (!query.severities().isEmpty()) {
            sql.append(" AND ").append(Keys.anyOf("a.severity", query.severities()));
        }
        sql.append(miner == null ? "" : " AND a.miner = ?");
        sql.append(type == null ? "" : " AND a.type = ?");
        sql.append(since == null ? "" : " AND a.created_at >= ?");
        sql.append(" ORDER BY a.id DESC LIMIT ?");
        List<Alert> found = database.list(
                "list alerts",
                sql.toString(),
                values -> {
                    values.number(before);
                    if (miner != null) {
                        values.number(addresses.find(miner));
                    }
                    if (type != null) {
                        values.text(type.key());
                    }
                    if (since != null) {
                        values.number(Times.ceiling(since));
                    }
                    values.number(query.limit() + 1L);
                },
                row -> AlertRows.read(row, addresses));
        return Keys.page(found, query.limit(), Alert::id);
    }

    @Override
    public AlertCounts count(Instant now) {
        return database.read("count alerts", connection -> {
            Map<AlertStatus, Long> byStatus = new EnumMap<>(AlertStatus.class);
            Map<Severity, Long> open = new EnumMap<>(Severity.class);
            Map<Severity, Long> active = new EnumMap<>(Severity.class);
            Database.list(connection, COUNT, values -> {}, row -> {
                AlertStatus status = Keys.read(AlertStatus.class, row.text());
                Severity severity = Keys.read(Severity.class, row.text());
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
                    row -> open.put(Keys.read(Severity.class, row.text()), row.number()));
            return open;
        });
    }

    @Override
    public StatusChange acknowledge(long id, @Nullable String user, Instant at) {
        Check.absentOrLimited("user", user, 120);
        return database.change("acknowledge an alert", tx -> {
            int changed =
                    tx.bind(ACKNOWLEDGE).time(at).text(user).time(at).number(id).update();
            return changed(tx, id, changed);
        });
    }

    @Override
    public StatusChange resolve(long id, @Nullable String user, @Nullable String note, Instant at) {
        Check.absentOrLimited("user", user, 120);
        Check.absentOrLimited("note", note, 2_000);
        return database.change("resolve an alert", tx -> {
            int changed = tx.bind(TransitionWriter.CLOSE)
                    .text(AlertStatus.RESOLVED.key())
                    .time(at)
                    .text(said(user, note))
                    .time(at)
                    .number(id)
                    .update();
            if (changed > 0) {
                TransitionWriter.addMessage(tx.bind(TransitionWriter.TELL), OutboxEntry.Kind.RESOLVED, id, at);
                tx.runBatch(TransitionWriter.TELL);
            }
            return changed(tx, id, changed);
        });
    }

    private StatusChange changed(Transaction tx, long id, int changed) throws SQLException {
        Alert alert = TransitionWriter.find(tx, addresses, id);
        if (alert == null) {
            return new StatusChange.NotFound(id);
        } else if (changed == 0) {
            return new StatusChange.Conflict(alert);
        }
        tx.statement(AlertStateRows.MOVE_VERSION).executeUpdate();
        return new StatusChange.Changed(alert);
    }

    private static @Nullable String said(@Nullable String user, @Nullable String note) {
        String by = user == null ? null : "Resolved by " + user;
        return note == null ? by : by == null ? note : by + ": " + note;
    }
}
