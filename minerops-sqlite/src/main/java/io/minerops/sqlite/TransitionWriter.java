package io.minerops.sqlite;

import io.minerops.api.StoreException;
import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertStatus;
import io.minerops.api.alert.AlertTransition;
import io.minerops.api.alert.AlertTransition.Cleared;
import io.minerops.api.alert.AlertTransition.Escalated;
import io.minerops.api.alert.AlertTransition.Raised;
import io.minerops.api.alert.AlertTransition.Reminded;
import io.minerops.api.alert.AlertTransition.Silenced;
import io.minerops.api.alert.AlertTransition.Unsilenced;
import io.minerops.api.alert.AlertTransition.Withdrawn;
import io.minerops.api.alert.AppliedTransitions;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.alert.Webhook;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the transitions of one batch: ends first, so that a condition may end and begin in the same batch. */
final class TransitionWriter {
    static final String CLOSE = "UPDATE alerts SET status = ?, resolved_at = ?, resolution_note = ?, updated_at = ?"
            + " WHERE id = ? AND status IN ('active', 'acknowledged')";
    static final String TELL = "INSERT INTO outbox (kind, alert_id, destination_id, created_at, status, attempts,"
            + " next_attempt_at) SELECT ?, d.alert_id, d.id, ?, 'pending', 0, ? FROM alert_destinations d"
            + " JOIN alerts a ON a.id = d.alert_id AND a.silenced = 0 WHERE d.alert_id = ? ORDER BY d.id";

    private static final String LAST_ALERT = "SELECT COALESCE(MAX(id), 0) FROM alerts";
    private static final String DESTINATION =
            "INSERT INTO alert_destinations (alert_id, channel, webhook_url, webhook_format) VALUES (?, ?, ?, ?)";

    private static final String ESCALATE =
            "UPDATE alerts SET severity = ?, updated_at = ? WHERE id = ? AND status = 'active'";
    private static final String ADD_DESTINATION = "INSERT INTO alert_destinations (alert_id, channel, webhook_url,"
            + " webhook_format) SELECT ?1, ?2, ?3, ?4 WHERE NOT EXISTS (SELECT 1 FROM alert_destinations"
            + " WHERE alert_id = ?1 AND channel = ?2 AND webhook_url IS ?3)";
    private static final String TELL_ONE = "INSERT INTO outbox (kind, alert_id, destination_id, created_at, status,"
            + " attempts, next_attempt_at) SELECT 'escalated', d.alert_id, d.id, ?1, 'pending', 0, ?1"
            + " FROM alert_destinations d JOIN alerts a ON a.id = d.alert_id AND a.silenced = 0"
            + " WHERE d.alert_id = ?2 AND d.channel = ?3 AND d.webhook_url IS ?4";

    private static final String SILENCE =
            "UPDATE alerts SET silenced = 1, updated_at = ? WHERE id = ? AND silenced = 0";
    /** What was told before the silence is not told anew; what was not is pending where there is somebody to tell. */
    private static final String TELL_BEGINNING = "INSERT INTO outbox (kind, alert_id, destination_id, created_at,"
            + " status, attempts, next_attempt_at) SELECT 'firing', d.alert_id, d.id, ?1, 'pending', 0, ?1"
            + " FROM alert_destinations d JOIN alerts a ON a.id = d.alert_id AND a.silenced = 2"
            + " WHERE d.alert_id = ?2 ORDER BY d.id";

    private static final String UNSILENCE = "UPDATE alerts SET silenced = 0, updated_at = ?1, notification_status ="
            + " CASE WHEN silenced = 2 AND EXISTS (SELECT 1 FROM alert_destinations WHERE alert_id = ?2)"
            + " THEN 'pending' ELSE notification_status END WHERE id = ?2";

    private final Transaction tx;
    private final AddressBook addresses;
    private final List<Alert> raised = new ArrayList<>();
    private final List<Alert> resolved = new ArrayList<>();

    TransitionWriter(Transaction tx, AddressBook addresses) {
        this.tx = tx;
        this.addresses = addresses;
    }

    AppliedTransitions.Applied write(List<AlertTransition> transitions) throws SQLException {
        if (transitions.isEmpty()) {
            return new AppliedTransitions.Applied(raised, resolved, 0);
        }
        silence(transitions);
        close(transitions);
        raise(transitions);
        int told = tell(transitions);
        told += unsilence(transitions);
        told += escalate(transitions);
        return new AppliedTransitions.Applied(raised, resolved, told);
    }

    private void silence(List<AlertTransition> transitions) throws SQLException {
        Binder silence = tx.bind(SILENCE);
        for (AlertTransition transition : transitions) {
            if (transition instanceof Silenced begun) {
                silence.time(begun.at()).number(begun.alertId()).add();
            }
        }
        tx.runBatch(SILENCE);
    }

    private int unsilence(List<AlertTransition> transitions) throws SQLException {
        Binder tell = tx.bind(TELL_BEGINNING);
        Binder unsilence = tx.bind(UNSILENCE);
        for (AlertTransition transition : transitions) {
            if (transition instanceof Unsilenced over) {
                tell.time(over.at()).number(over.alertId()).add();
                unsilence.time(over.at()).number(over.alertId()).add();
            }
        }
        int enqueued = Arrays.stream(tx.runBatch(TELL_BEGINNING)).sum();
        tx.runBatch(UNSILENCE);
        return enqueued;
    }

    private int escalate(List<AlertTransition> transitions) throws SQLException {
        int enqueued = 0;
        for (AlertTransition transition : transitions) {
            if (transition instanceof Escalated step) {
                tx.bind(ESCALATE)
                        .text(step.severity().key())
                        .time(step.at())
                        .number(step.alertId())
                        .update();
                for (Destination told : step.destinations()) {
                    Binder destination =
                            tx.bind(ADD_DESTINATION).number(step.alertId()).text(told.channel());
                    RuleRows.bind(destination, told.webhook()).update();
                    Webhook webhook = told.webhook();
                    enqueued += tx.bind(TELL_ONE)
                            .time(step.at())
                            .number(step.alertId())
                            .text(told.channel())
                            .text(webhook == null ? null : webhook.url().reveal())
                            .update();
                }
            }
        }
        return enqueued;
    }

    private void close(List<AlertTransition> transitions) throws SQLException {
        Binder close = tx.bind(CLOSE);
        List<Long> ids = new ArrayList<>();
        for (AlertTransition transition : transitions) {
            if (transition instanceof Cleared cleared) {
                ids.add(cleared.alertId());
                addClosing(close, AlertStatus.AUTO_RESOLVED, cleared.at(), cleared.note(), cleared.alertId());
            } else if (transition instanceof Withdrawn withdrawn) {
                ids.add(withdrawn.alertId());
                addClosing(close, AlertStatus.RESOLVED, withdrawn.at(), withdrawn.note(), withdrawn.alertId());
            }
        }
        int[] closed = tx.runBatch(CLOSE);
        for (int i = 0; i < closed.length; i++) {
            Alert alert = closed[i] == 0 ? null : find(ids.get(i));
            if (alert == null) {
                throw new StoreException(
                        "apply an alert check failed: alert " + ids.get(i) + " is to end, but it is not open");
            }
            resolved.add(alert);
        }
    }

    private static void addClosing(Binder close, AlertStatus status, Instant at, String note, long id)
            throws SQLException {
        close.text(status.key()).time(at).text(note).time(at).number(id).add();
    }

    private void raise(List<AlertTransition> transitions) throws SQLException {
        long lastId = tx.number(LAST_ALERT);
        Binder alertRow = tx.bind(AlertRows.INSERT);
        Binder destinationRow = tx.bind(DESTINATION);
        for (AlertTransition transition : transitions) {
            if (transition instanceof Raised begun) {
                Alert alert = begun.alert(++lastId, Times.stored(begun.at()));
                raised.add(alert);
                AlertRows.bind(alertRow, alert, addresses.number(alert.miner())).add();
                for (Destination destination : begun.destinations()) {
                    destinationRow.number(alert.id()).text(destination.channel());
                    RuleRows.bind(destinationRow, destination.webhook()).add();
                }
            }
        }
        tx.runBatch(AlertRows.INSERT);
        tx.runBatch(DESTINATION);
    }

    private int tell(List<AlertTransition> transitions) throws SQLException {
        Binder tell = tx.bind(TELL);
        int nextRaised = 0;
        for (AlertTransition transition : transitions) {
            if (transition instanceof Raised begun) {
                addMessage(
                        tell, OutboxEntry.Kind.FIRING, raised.get(nextRaised++).id(), begun.at());
            } else if (transition instanceof Reminded reminded) {
                addMessage(tell, OutboxEntry.Kind.REMINDER, reminded.alertId(), reminded.at());
            } else if (transition instanceof Cleared cleared) {
                addMessage(tell, OutboxEntry.Kind.RESOLVED, cleared.alertId(), cleared.at());
            } else if (transition instanceof Withdrawn withdrawn) {
                addMessage(tell, OutboxEntry.Kind.RESOLVED, withdrawn.alertId(), withdrawn.at());
            }
        }
        int enqueued = 0;
        for (int rows : tx.runBatch(TELL)) {
            enqueued += rows;
        }
        return enqueued;
    }

    /** One row for each destination of the alert, due at once. */
    static void addMessage(Binder tell, OutboxEntry.Kind kind, long alertId, Instant at) throws SQLException {
        tell.text(kind.key()).time(at).time(at).number(alertId).add();
    }

    private @Nullable Alert find(long id) throws SQLException {
        return find(tx, addresses, id);
    }

    static @Nullable Alert find(Transaction tx, AddressBook addresses, long id) throws SQLException {
        try (ResultSet results = tx.bind(AlertRows.ONE).number(id).query()) {
            Row row = new Row(results);
            return row.next() ? AlertRows.read(row, addresses) : null;
        }
    }
}
