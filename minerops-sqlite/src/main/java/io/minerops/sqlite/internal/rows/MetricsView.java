package io.minerops.sqlite.internal.rows;

import io.minerops.api.StoreException;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import io.minerops.blocks.ColumnIds;
import io.minerops.sqlite.internal.db.Database;
import io.minerops.sqlite.internal.db.Durability;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The view {@code metrics} for people and dashboards that read the file: rows of earlier versions, and the polls of hours
 * that are not sealed yet, decoded by SQL alone. It has a column for each reading, so it is made again when there are
 * others; the names and the order of the columns that there were stay.
 */
final class MetricsView {
    private static final String STORED = "SELECT sql FROM sqlite_schema WHERE type = 'view' AND name = 'metrics'";
    private static final List<Reading> LATER = Reading.all().stream()
            .filter(reading -> !SampleRows.READINGS.contains(reading))
            .toList();

    private MetricsView() {}

    /** Makes the view where the file has none or another one. */
    static void refresh(Database database) {
        String wanted = sql();
        if (!database.list("read the view", STORED, values -> {}, row -> row.text())
                .equals(List.of(wanted))) {
            database.write("make the view", Durability.PROCESS, tx -> {
                tx.execute("DROP VIEW IF EXISTS metrics");
                tx.execute(wanted);
                return 1;
            });
        }
    }

    private static String sql() {
        return template()
                .strip()
                .replace("${decoded}", lines(Reading.all(), MetricsView::decoded))
                .replace("${rows}", columns(key -> "    s." + key + " AS " + key))
                .replace("${polled}", columns(key -> "    s." + key))
                .replace("${later_rows}", later(key -> "NULL AS " + key))
                .replace("${later_polled}", later(key -> "s." + key))
                .replace("${state}", state());
    }

    private static String decoded(Reading reading) {
        String value = "number / CAST('1e' || scale AS REAL)";
        return "        MAX(CASE WHEN key = '" + reading.key() + "' THEN " + value + " END) AS " + reading.key();
    }

    private static String lines(List<Reading> readings, Function<Reading, String> line) {
        return readings.stream().map(line).collect(Collectors.joining(",\n"));
    }

    private static String columns(Function<String, String> column) {
        return lines(
                        SampleRows.READINGS,
                        reading -> column.apply(reading.key())
                                + (reading == Reading.POWER_W ? ",\n" + column.apply("power_estimated") : ""))
                + ",";
    }

    private static String later(Function<String, String> column) {
        return LATER.stream()
                .map(reading -> ",\n    " + column.apply(reading.key()))
                .collect(Collectors.joining());
    }

    private static String state() {
        return WorkState.all().stream()
                .filter(state -> state != WorkState.UNKNOWN)
                .map(state -> " WHEN " + ColumnIds.ofState(state) + " THEN '" + state.key() + "'")
                .collect(Collectors.joining("", "CASE s.state", " END"));
    }

    private static String template() {
        try (InputStream stream = MetricsView.class.getResourceAsStream("metrics_view.sql")) {
            if (stream == null) {
                throw new StoreException("metrics_view.sql is missing from the program's jar");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new StoreException("metrics_view.sql cannot be read from the program's jar", e);
        }
    }
}
