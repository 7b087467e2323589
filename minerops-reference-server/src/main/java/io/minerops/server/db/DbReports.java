package io.minerops.server.db;

import io.minerops.server.cli.TextTable;
import io.minerops.server.http.JsonObject;
import io.minerops.sqlite.SqliteRepairReport;
import io.minerops.sqlite.SqliteReport;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** How reports on a database are shown. */
final class DbReports {
    private DbReports() {}

    static JsonObject json(SqliteReport report) {
        JsonObject rows = JsonObject.object();
        report.rows().forEach(rows::whole);
        JsonObject object = JsonObject.object().flag("ok", report.isSound());
        if (!report.isSound()) {
            object.text("error", "the database is not sound").texts("problems", report.problems());
        }
        return object.text("file", report.file().toString())
                .whole("bytes", report.bytes())
                .whole("schema_version", report.schemaVersion())
                .whole("known_schema_version", report.knownVersion())
                .object("rows", rows);
    }

    static String text(SqliteReport report) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%s: %,d bytes, schema version %d%s%n",
                report.file(),
                report.bytes(),
                report.schemaVersion(),
                version(report)));
        report.problems().forEach(problem -> text.append(String.format("  problem: %s%n", problem)));
        text.append(report.isSound() ? "sound" : "NOT SOUND: keep the file; go back to a backup, or run db repair")
                .append(System.lineSeparator());
        if (!report.rows().isEmpty()) {
            text.append(System.lineSeparator()).append(table(report.rows()));
        }
        return text.toString();
    }

    static JsonObject json(SqliteRepairReport report) {
        JsonObject recovered = JsonObject.object();
        report.recovered().forEach(recovered::whole);
        JsonObject object = JsonObject.object().flag("ok", report.lost().isEmpty());
        if (!report.lost().isEmpty()) {
            object.text("error", "not all of the database could be recovered");
        }
        return object.texts("lost", report.lost())
                .text("file", report.file().toString())
                .text("target", report.target().toString())
                .object("recovered", recovered);
    }

    static String text(SqliteRepairReport report) {
        StringBuilder text = new StringBuilder();
        report.lost().forEach(lost -> text.append(String.format("  lost: %s%n", lost)));
        return text.append(report.lost().isEmpty() ? "all rows recovered" : "the other rows were recovered")
                .append(String.format(
                        " into %s; %s is unchanged.%nTo use the new file, move the old one and its -wal aside,"
                                + " and put the new one in its place.%n%n",
                        report.target(), report.file()))
                .append(table(report.recovered()))
                .toString();
    }

    private static TextTable table(Map<String, Long> rows) {
        TextTable table = new TextTable(List.of("TABLE", "ROWS"), Set.of(1));
        rows.forEach((name, count) -> table.row(List.of(name, String.format(Locale.ROOT, "%,d", count))));
        return table;
    }

    static long rows(SqliteReport report) {
        return report.rows().values().stream().mapToLong(Long::longValue).sum();
    }

    private static String version(SqliteReport report) {
        return report.schemaVersion() == report.knownVersion()
                ? ", which is this program's"
                : "; a start of the server brings it to version " + report.knownVersion();
    }
}
