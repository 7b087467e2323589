package io.minerops.postgres.internal.rows;

import io.minerops.api.alert.AlertState;
import io.minerops.api.alert.Baseline;
import io.minerops.api.alert.ConditionKey;
import io.minerops.api.alert.ConditionState;
import io.minerops.api.alert.Silence;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.store.AlertBatch;
import io.minerops.blocks.jdbc.Binder;
import io.minerops.blocks.jdbc.Row;
import io.minerops.blocks.jdbc.Times;
import io.minerops.postgres.internal.db.Transaction;
import io.minerops.postgres.internal.db.Version;
import io.minerops.postgres.internal.db.Versions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the engine remembers between two checks; open alerts are read from the alerts themselves. */
final class AlertStateRows {
    static final String VERSION = "SELECT value FROM versions WHERE name = 'alerts'";
    private static final String CHECKED = "UPDATE versions SET value = ? WHERE name = 'checked'";
    private static final String CONDITIONS =
            "SELECT rule_id, miner, pending_since, clear_since, raised_at, reminded_at, recent_raises, escalations"
                    + " FROM conditions";
    static final String OPEN =
            "SELECT rule_id, miner, id, CASE status WHEN 'acknowledged' THEN 1 ELSE 0 END, silenced FROM alerts"
                    + " WHERE status IN ('active', 'acknowledged')";
    private static final String BASELINES = "SELECT miner, samples, mean_ths, learned_at FROM baselines";
    private static final String PUT_CONDITION = Upsert.of(
            "conditions",
            "rule_id, miner",
            "pending_since, clear_since, raised_at, reminded_at, recent_raises, escalations");
    private static final String FORGET_CONDITION = "DELETE FROM conditions WHERE rule_id = ? AND miner = ?";
    private static final String PUT_BASELINE = Upsert.of("baselines", "miner", "samples, mean_ths, learned_at");

    private interface EachRow {
        void take(Row row) throws SQLException;
    }

    private AlertStateRows() {}

    static AlertState load(Connection connection, Names addresses) throws SQLException {
        Versions versions = Versions.of(connection);
        long checked = versions.of(Version.CHECKED);
        Instant checkedAt = checked < 0 ? null : Instant.ofEpochMilli(checked);
        Map<ConditionKey, ConditionState> conditions = new HashMap<>();
        Map<MinerAddress, Baseline> baselines = new HashMap<>();
        Map<ConditionKey, ConditionState.OpenAlert> open = new HashMap<>();
        each(connection, OPEN, row -> open.put(key(row, addresses), openAlert(row)));
        each(connection, CONDITIONS, row -> {
            ConditionKey key = key(row, addresses);
            ConditionState state = condition(row, open.remove(key));
            if (!state.isNone()) {
                conditions.put(key, state);
            }
        });
        open.forEach((key, alert) -> conditions.put(key, ConditionState.NONE.withOpen(alert)));
        each(
                connection,
                BASELINES,
                row -> baselines.put(
                        addresses.address((int) row.number()), new Baseline(row.number(), row.real(), row.time())));
        List<Silence> silences = new ArrayList<>();
        each(connection, PostgresSilenceStore.ALL, row -> silences.add(PostgresSilenceStore.read(row)));
        return new AlertState(
                versions.of(Version.ALERTS),
                checkedAt,
                Map.copyOf(conditions),
                Map.copyOf(baselines),
                List.copyOf(silences));
    }

    private static void each(Connection connection, String sql, EachRow each) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(sql)) {
            Row row = new Row(results);
            while (row.next()) {
                each.take(row);
            }
        }
    }

    private static ConditionKey key(Row row, Names addresses) throws SQLException {
        return new ConditionKey(row.number(), addresses.addressOrAll((int) row.number()));
    }

    private static ConditionState.OpenAlert openAlert(Row row) throws SQLException {
        return new ConditionState.OpenAlert(row.number(), row.flag(), row.flag());
    }

    /** A person may have closed the alert since the row was written: then nothing is open to be reminded of. */
    private static ConditionState condition(Row row, ConditionState.@Nullable OpenAlert open) throws SQLException {
        return new ConditionState(
                        row.timeOrNull(),
                        row.timeOrNull(),
                        row.timeOrNull(),
                        row.timeOrNull(),
                        Times.list(row.textOrNull()),
                        (int) row.number(),
                        null)
                .withOpen(open);
    }

    /** Writes the changed state of a batch and moves the version. */
    static void remember(Transaction tx, AlertBatch batch, Names addresses) throws SQLException {
        Binder put = tx.bind(PUT_CONDITION);
        Binder forget = tx.bind(FORGET_CONDITION);
        for (Map.Entry<ConditionKey, ConditionState> entry : batch.conditions().entrySet()) {
            ConditionKey key = entry.getKey();
            ConditionState state = entry.getValue();
            int miner = addresses.number(key.miner());
            if (state.sameTimes(ConditionState.NONE)) {
                forget.number(key.ruleId()).number(miner).add();
            } else {
                put.number(key.ruleId())
                        .number(miner)
                        .time(state.pendingSince())
                        .time(state.clearSince())
                        .time(state.raisedAt())
                        .time(state.remindedAt())
                        .text(Times.list(state.recentRaises()))
                        .number(state.escalations())
                        .add();
            }
        }
        tx.runBatch(PUT_CONDITION);
        tx.runBatch(FORGET_CONDITION);
        putBaselines(tx, batch.baselines(), addresses);
        if (batch.checkedAt() != null) {
            tx.bind(CHECKED).time(batch.checkedAt()).update();
        }
        tx.move(Version.ALERTS);
    }

    private static void putBaselines(Transaction tx, Map<MinerAddress, Baseline> baselines, Names addresses)
            throws SQLException {
        Binder put = tx.bind(PUT_BASELINE);
        for (Map.Entry<MinerAddress, Baseline> entry : baselines.entrySet()) {
            Baseline baseline = entry.getValue();
            put.number(addresses.number(entry.getKey()))
                    .number(baseline.samples())
                    .real(baseline.meanThs())
                    .time(baseline.learnedAt())
                    .add();
        }
        tx.runBatch(PUT_BASELINE);
    }
}
