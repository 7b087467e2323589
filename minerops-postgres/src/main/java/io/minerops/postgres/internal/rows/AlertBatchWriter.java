package io.minerops.postgres.internal.rows;

import io.minerops.api.StoreException;
import io.minerops.api.alert.Alert;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.alert.Webhook;
import io.minerops.api.store.AlertBatch;
import io.minerops.api.store.AlertRow;
import io.minerops.blocks.jdbc.Binder;
import io.minerops.blocks.jdbc.RuleRows;
import io.minerops.postgres.internal.db.Transaction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the alerts and messages of a batch: changed ones first, so that a condition may end and begin in one. */
final class AlertBatchWriter {
    private static final String LAST_ALERT = "SELECT COALESCE(MAX(id), 0) FROM alerts";
    private static final String CHANGE = "UPDATE alerts SET severity = ?, status = ?, silenced = ?, updated_at = ?,"
            + " acknowledged_at = ?, acknowledged_by = ?, resolved_at = ?, resolution_note = ? WHERE id = ?";
    private static final String ADD_DESTINATION = "INSERT INTO alert_destinations (alert_id, channel, webhook_url,"
            + " webhook_format) SELECT v.* FROM (VALUES (?::bigint, ?::text, ?::text, ?::text))"
            + " AS v (alert_id, channel, webhook_url, webhook_format) WHERE NOT EXISTS (SELECT 1"
            + " FROM alert_destinations d WHERE d.alert_id = v.alert_id AND d.channel = v.channel"
            + " AND d.webhook_url IS NOT DISTINCT FROM v.webhook_url)";
    private static final String ENQUEUE = "INSERT INTO outbox (kind, alert_id, destination_id, created_at, status,"
            + " attempts, next_attempt_at) SELECT v.kind, v.alert_id, d.id, v.at, 'pending', 0, v.at"
            + " FROM (VALUES (?::text, ?::bigint, ?::bigint, ?::text, ?::text))"
            + " AS v (kind, alert_id, at, channel, webhook_url) JOIN alert_destinations d ON d.alert_id = v.alert_id"
            + " AND d.channel = v.channel AND d.webhook_url IS NOT DISTINCT FROM v.webhook_url ORDER BY d.id LIMIT 1";
    private static final String TO_ANNOUNCE = "UPDATE alerts SET notification_status = 'pending' WHERE id = ?";

    private final Transaction tx;
    private final Names addresses;

    AlertBatchWriter(Transaction tx, Names addresses) {
        this.tx = tx;
        this.addresses = addresses;
    }

    /** Writes the batch and gives the numbers of the created alerts. */
    List<Long> write(AlertBatch batch) throws SQLException {
        change(batch.changed());
        return create(batch.created());
    }

    private void change(List<AlertBatch.Entry> changed) throws SQLException {
        if (changed.isEmpty()) {
            return;
        }
        Binder change = tx.bind(CHANGE);
        List<Long> numbers = new ArrayList<>(changed.size());
        for (AlertBatch.Entry entry : changed) {
            Alert alert = entry.row().alert();
            numbers.add(alert.id());
            change.text(alert.severity().key())
                    .text(alert.status().key())
                    .number(AlertRows.silenced(entry.row()))
                    .time(alert.updatedAt())
                    .time(alert.acknowledgedAt())
                    .text(alert.acknowledgedBy())
                    .time(alert.resolvedAt())
                    .text(alert.resolutionNote())
                    .number(alert.id())
                    .add();
        }
        int[] found = tx.runBatch(CHANGE);
        for (int i = 0; i < found.length; i++) {
            if (found[i] == 0) {
                throw new StoreException("alert " + numbers.get(i) + " is to change, but it is not stored");
            }
        }
        addDestinations(changed, numbers);
        enqueue(changed, numbers);
        announce(changed);
    }

    private List<Long> create(List<AlertBatch.Entry> created) throws SQLException {
        if (created.isEmpty()) {
            return List.of();
        }
        long lastId = tx.number(LAST_ALERT);
        Binder alertRow = tx.bind(AlertRows.INSERT);
        List<Long> numbers = new ArrayList<>(created.size());
        for (AlertBatch.Entry entry : created) {
            AlertRow row = entry.row();
            numbers.add(++lastId);
            AlertRows.bind(alertRow, lastId, row, addresses.number(row.alert().miner()))
                    .add();
        }
        tx.runBatch(AlertRows.INSERT);
        addDestinations(created, numbers);
        enqueue(created, numbers);
        return numbers;
    }

    private void addDestinations(List<AlertBatch.Entry> entries, List<Long> numbers) throws SQLException {
        Binder row = tx.bind(ADD_DESTINATION);
        for (int i = 0; i < entries.size(); i++) {
            for (Destination destination : entries.get(i).row().destinations()) {
                row.number(numbers.get(i)).text(destination.channel());
                RuleRows.bind(row, destination.webhook()).add();
            }
        }
        tx.runBatch(ADD_DESTINATION);
    }

    private void enqueue(List<AlertBatch.Entry> entries, List<Long> numbers) throws SQLException {
        Binder row = tx.bind(ENQUEUE);
        for (int i = 0; i < entries.size(); i++) {
            for (AlertBatch.Message message : entries.get(i).messages()) {
                row.text(message.kind().key())
                        .number(numbers.get(i))
                        .time(message.at())
                        .text(message.destination().channel())
                        .text(address(message.destination()))
                        .add();
            }
        }
        for (int enqueued : tx.runBatch(ENQUEUE)) {
            if (enqueued == 0) {
                throw new StoreException("a message is to go to a destination that its alert does not have");
            }
        }
    }

    private void announce(List<AlertBatch.Entry> changed) throws SQLException {
        Binder row = tx.bind(TO_ANNOUNCE);
        for (AlertBatch.Entry entry : changed) {
            if (entry.messages().stream().anyMatch(message -> message.kind() == OutboxEntry.Kind.FIRING)) {
                row.number(entry.row().alert().id()).add();
            }
        }
        tx.runBatch(TO_ANNOUNCE);
    }

    private static @Nullable String address(Destination destination) {
        Webhook webhook = destination.webhook();
        return webhook == null ? null : webhook.url().reveal();
    }
}
