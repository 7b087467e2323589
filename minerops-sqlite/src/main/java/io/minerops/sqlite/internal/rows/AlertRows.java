package io.minerops.sqlite.internal.rows;

import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertStatus;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Severity;
import io.minerops.api.store.AlertRow;
import io.minerops.blocks.jdbc.Binder;
import io.minerops.blocks.jdbc.CostRows;
import io.minerops.blocks.jdbc.EnumCodec;
import io.minerops.blocks.jdbc.LineCodec;
import io.minerops.blocks.jdbc.Row;
import io.minerops.blocks.jdbc.RuleRows;
import io.minerops.sqlite.internal.db.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An alert as columns. */
final class AlertRows {
    static final String COLUMNS = "a.id, a.created_at, a.updated_at, a.rule_id, a.rule_name, a.miner, a.type,"
            + " a.severity, a.status, a.silenced, a.message, a.details, a.acknowledged_at, a.acknowledged_by, a.resolved_at,"
            + " a.resolution_note, a.notified_at, a.notification_status, " + CostRows.TOTAL;

    static final String ONE = "SELECT " + COLUMNS + " FROM alerts a WHERE a.id = ?";

    static final String INSERT =
            "INSERT INTO alerts (" + COLUMNS.replace(" a.", " ").substring(2)
                    + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                    + " NULL, NULL, NULL, NULL, NULL)";

    /** Alerts of a JSON array of numbers, with whether each was announced. */
    static final String STORED = "SELECT " + COLUMNS
            + ", a.silenced < 2 FROM alerts a WHERE a.id IN (SELECT value FROM json_each(?)) ORDER BY a.id";

    /** Destinations of the alerts of a JSON array of numbers, in the order in which they were added. */
    static final String DESTINATIONS = "SELECT alert_id, channel, webhook_url, webhook_format FROM alert_destinations"
            + " WHERE alert_id IN (SELECT value FROM json_each(?)) ORDER BY id";

    /** How column silenced says that a silence has covered the alert since its beginning. */
    private static final int NOT_ANNOUNCED = 2;

    private AlertRows() {}

    /** The value of column silenced. */
    static int silenced(AlertRow row) {
        return row.announced() ? row.alert().silenced() ? 1 : 0 : NOT_ANNOUNCED;
    }

    /** Binds a new alert. */
    static Binder bind(Binder values, long id, AlertRow row, int miner) throws SQLException {
        Alert alert = row.alert();
        return values.number(id)
                .time(alert.createdAt())
                .time(alert.updatedAt())
                .number(alert.ruleId())
                .text(alert.ruleName())
                .number(miner)
                .text(alert.type().key())
                .text(alert.severity().key())
                .text(alert.status().key())
                .number(silenced(row))
                .text(alert.message())
                .text(LineCodec.of(alert.details()))
                .time(alert.acknowledgedAt())
                .text(alert.acknowledgedBy())
                .time(alert.resolvedAt())
                .text(alert.resolutionNote())
                .time(alert.notifiedAt())
                .text(EnumCodec.of(alert.notificationStatus()));
    }

    /** The rows of alerts at one consistent point. */
    static List<AlertRow> read(Connection connection, Collection<Long> ids, AddressBook addresses) throws SQLException {
        String numbers = ids.toString();
        Map<Long, List<Destination>> destinations = new HashMap<>();
        Database.list(
                connection,
                DESTINATIONS,
                values -> values.text(numbers),
                row -> destinations
                        .computeIfAbsent(row.number(), id -> new ArrayList<>())
                        .add(new Destination(row.text(), RuleRows.webhook(row))));
        return Database.list(connection, STORED, values -> values.text(numbers), row -> {
            Alert alert = read(row, addresses);
            return new AlertRow(alert, destinations.getOrDefault(alert.id(), List.of()), row.flag());
        });
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
                EnumCodec.read(Severity.class, row.text()),
                EnumCodec.read(AlertStatus.class, row.text()),
                row.number() > 0,
                row.text(),
                LineCodec.numbers(row.text()),
                row.timeOrNull(),
                row.textOrNull(),
                row.timeOrNull(),
                row.textOrNull(),
                row.timeOrNull(),
                EnumCodec.read(Alert.NotificationStatus.class, row.text()),
                CostRows.read(row));
    }
}
