package io.minerops.postgres.internal.rows;

import io.minerops.api.Page;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.store.OutboxQuery;
import io.minerops.api.store.OutboxStore;
import io.minerops.blocks.jdbc.Binder;
import io.minerops.blocks.jdbc.EnumCodec;
import io.minerops.blocks.jdbc.Row;
import io.minerops.blocks.jdbc.RuleRows;
import io.minerops.blocks.jdbc.Times;
import io.minerops.postgres.internal.db.Database;
import io.minerops.postgres.internal.db.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Messages on their way. Both ends of an attempt touch a row only while it is pending and no other attempt has begun. */
public final class PostgresOutboxStore implements OutboxStore {
    private static final String COLUMNS = "SELECT o.id, o.kind, o.created_at, o.status, o.attempts,"
            + " o.next_attempt_at, o.group_key, o.last_error, o.sent_at, d.channel, d.webhook_url, d.webhook_format, "
            + AlertRows.COLUMNS;
    private static final String JOINS =
            " JOIN alert_destinations d ON d.id = o.destination_id JOIN alerts a ON a.id = o.alert_id";
    private static final String SELECT = COLUMNS + " FROM outbox o" + JOINS;
    static final String DUE = COLUMNS + " FROM outbox o" + JOINS
            + " WHERE o.status = 'pending' AND o.next_attempt_at <= ? AND NOT EXISTS (SELECT 1 FROM outbox e"
            + " WHERE e.alert_id = o.alert_id AND e.destination_id = o.destination_id"
            + " AND e.status = 'pending' AND e.id < o.id) ORDER BY o.id LIMIT ?";

    private static final String BEGIN = "UPDATE outbox SET attempts = attempts + 1, group_key = ?,"
            + " next_attempt_at = ? WHERE id = ? AND status = 'pending' AND attempts = ?";
    private static final String FINISH = "UPDATE outbox SET status = ?, sent_at = ?, next_attempt_at = ?,"
            + " last_error = ? WHERE id = ? AND status = 'pending' AND attempts <= ?";
    /** Failed and sent messages stay so: those rows may be pruned already. */
    private static final String NOTIFIED = "UPDATE alerts SET notified_at = COALESCE(notified_at, CASE v.status"
            + " WHEN 'sent' THEN v.at END), notification_status = CASE WHEN notification_status = 'failed'"
            + " OR v.status = 'failed' THEN 'failed' WHEN EXISTS (SELECT 1 FROM outbox o WHERE o.alert_id = alerts.id"
            + " AND o.kind = 'firing' AND o.status = 'pending') THEN 'pending' ELSE 'sent' END"
            + " FROM (VALUES (?::text, ?::bigint, ?::bigint)) AS v (status, at, id)"
            + " WHERE alerts.id = (SELECT o.alert_id FROM outbox o WHERE o.id = v.id AND o.kind = 'firing')";

    private static final String COUNT = "SELECT status, COUNT(*) FROM outbox GROUP BY status";

    private static final String PRUNE = "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox"
            + " WHERE status <> 'pending' AND created_at < ? LIMIT ?)";

    private final Database database;
    private final NameBook book;

    public PostgresOutboxStore(Database database, NameBook book) {
        this.database = database;
        this.book = book;
    }

    @Override
    public List<OutboxEntry> due(Instant now, int limit) {
        return database.read("read due messages", connection -> {
            Names names = book.of(connection);
            return Database.list(connection, DUE, values -> values.time(now).number(limit), row -> entry(row, names));
        });
    }

    @Override
    public Set<Long> begin(Collection<Attempt> attempts) {
        return database.write("begin deliveries", tx -> {
            Binder row = tx.bind(BEGIN);
            for (Attempt attempt : attempts) {
                row.text(attempt.groupKey())
                        .time(attempt.retryAt())
                        .number(attempt.entryId())
                        .number(attempt.attempts())
                        .add();
            }
            return begun(attempts, tx.runBatch(BEGIN));
        });
    }

    private static Set<Long> begun(Collection<Attempt> attempts, int[] changed) {
        Set<Long> begun = new HashSet<>();
        int i = 0;
        for (Attempt attempt : attempts) {
            if (changed[i++] > 0) {
                begun.add(attempt.entryId());
            }
        }
        return begun;
    }

    @Override
    public void finish(Collection<Outcome> outcomes) {
        database.write("finish deliveries", tx -> {
            Binder row = tx.bind(FINISH);
            for (Outcome outcome : outcomes) {
                boolean sent = outcome.status() == OutboxEntry.Status.SENT;
                row.text(outcome.status().key())
                        .time(sent ? outcome.at() : null)
                        .time(outcome.nextAttemptAt())
                        .text(outcome.error())
                        .number(outcome.entryId())
                        .number(sent ? Integer.MAX_VALUE : outcome.attempts())
                        .add();
            }
            return reportAlerts(tx, outcomes, tx.runBatch(FINISH));
        });
    }

    private static int reportAlerts(Transaction tx, Collection<Outcome> outcomes, int[] finished) throws SQLException {
        Binder notified = tx.bind(NOTIFIED);
        int i = 0;
        for (Outcome outcome : outcomes) {
            if (finished[i++] > 0 && outcome.status() != OutboxEntry.Status.PENDING) {
                notified.text(outcome.status().key())
                        .time(outcome.at())
                        .number(outcome.entryId())
                        .add();
            }
        }
        return tx.runBatch(NOTIFIED).length;
    }

    @Override
    public Page<OutboxEntry> find(OutboxQuery query) {
        long before = EnumCodec.before(query.cursor());
        String wanted = query.statuses().isEmpty() ? "" : " AND " + EnumCodec.anyOf("o.status", query.statuses());
        List<OutboxEntry> found = database.read("list messages", connection -> {
            Names names = book.of(connection);
            return Database.list(
                    connection,
                    SELECT + " WHERE o.id < ?" + wanted + " ORDER BY o.id DESC LIMIT ?",
                    values -> values.number(before).number(query.limit() + 1L),
                    row -> entry(row, names));
        });
        return EnumCodec.page(found, query.limit(), OutboxEntry::id);
    }

    @Override
    public Map<OutboxEntry.Status, Long> count() {
        Map<OutboxEntry.Status, Long> counts = new EnumMap<>(OutboxEntry.Status.class);
        for (OutboxEntry.Status status : OutboxEntry.Status.values()) {
            counts.put(status, 0L);
        }
        database.list(
                        "count messages",
                        COUNT,
                        values -> {},
                        row -> Map.entry(EnumCodec.read(OutboxEntry.Status.class, row.text()), row.number()))
                .forEach(count -> counts.put(count.getKey(), count.getValue()));
        return counts;
    }

    @Override
    public int prune(Instant before) {
        return database.pruneInSteps("prune messages", PRUNE, Times.ceiling(before));
    }

    private static OutboxEntry entry(Row row, Names names) throws SQLException {
        long id = row.number();
        OutboxEntry.Kind kind = EnumCodec.read(OutboxEntry.Kind.class, row.text());
        Instant createdAt = row.time();
        OutboxEntry.Status status = EnumCodec.read(OutboxEntry.Status.class, row.text());
        int attempts = (int) row.number();
        Instant nextAttemptAt = row.time();
        String groupKey = row.textOrNull();
        String lastError = row.textOrNull();
        Instant sentAt = row.timeOrNull();
        Destination destination = new Destination(row.text(), RuleRows.webhook(row));
        return new OutboxEntry(
                id,
                kind,
                AlertRows.read(row, names),
                destination,
                createdAt,
                status,
                attempts,
                nextAttemptAt,
                groupKey,
                lastError,
                sentAt);
    }
}
