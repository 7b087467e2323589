package io.minerops.sqlite;

import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertStatus;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Severity;
import java.sql.SQLException;

/** An alert as columns. */
final class AlertRows {
    static final String COLUMNS = "a.id, a.created_at, a.updated_at, a.rule_id, a.rule_name, a.miner, a.type,"
            + " a.severity, a.status, a.silenced, a.message, a.details, a.acknowledged_at, a.acknowledged_by, a.resolved_at,"
            + " a.resolution_note, a.notified_at, a.notification_status";

    static final String ONE = "SELECT " + COLUMNS + " FROM alerts a WHERE a.id = ?";

    static final String INSERT =
            "INSERT INTO alerts (" + COLUMNS.replace(" a.", " ").substring(2)
                    + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private AlertRows() {}

    /** How column silenced says that a silence has covered the alert since its beginning. */
    private static final int UNTOLD = 2;

    /** Binds a new alert: one that a silence covers has been told to nobody. */
    static Binder bind(Binder row, Alert alert, int miner) throws SQLException {
        return row.number(alert.id())
                .time(alert.createdAt())
                .time(alert.updatedAt())
                .number(alert.ruleId())
                .text(alert.ruleName())
                .number(miner)
                .text(alert.type().key())
                .text(alert.severity().key())
                .text(alert.status().key())
                .number(alert.silenced() ? UNTOLD : 0)
                .text(alert.message())
                .text(Lines.of(alert.details()))
                .time(alert.acknowledgedAt())
                .text(alert.acknowledgedBy())
                .time(alert.resolvedAt())
                .text(alert.resolutionNote())
                .time(alert.notifiedAt())
                .text(Keys.of(alert.notificationStatus()));
    }

    static Alert read(Row row, AddressBook addresses) throws SQLException {
        return new Alert(
                row.number(),
                row.time(),
                row.time(),
                row.number(),
                row.text(),
                addresses.addressOrAll((int) row.number()),
                new RuleType(row.text()),
                Keys.read(Severity.class, row.text()),
                Keys.read(AlertStatus.class, row.text()),
                row.number() > 0,
                row.text(),
                Lines.numbers(row.text()),
                row.timeOrNull(),
                row.textOrNull(),
                row.timeOrNull(),
                row.textOrNull(),
                row.timeOrNull(),
                Keys.read(Alert.NotificationStatus.class, row.text()));
    }
}
