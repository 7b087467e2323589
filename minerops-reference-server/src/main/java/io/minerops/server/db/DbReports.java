package io.minerops.server.db;

import io.minerops.server.cli.TextTable;
import io.minerops.server.http.JsonObject;
import io.minerops.sqlite.SqliteReport;
import java.util.List;
import java.util.Locale;
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
        TextTable table = new TextTable(List.of("TABLE", "ROWS"), Set.of(1));
        report.rows().forEach((name, count) -> table.row(List.of(name, String.format(Locale.ROOT, "%,d", count))));
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%s: %,d bytes, schema version %d%s%n",
                report.file(),
                report.bytes(),
                report.schemaVersion(),
                version(report)));
        report.problems().forEach(problem -> text.append(String.format("  problem: %s%n", problem)));
        text.append(report.isSound() ? "sound" : "NOT SOUND: keep the file, and go back to a backup")
                .append(System.lineSeparator());
        if (!report.rows().isEmpty()) {
            text.append(System.lineSeparator()).append(table);
        }
        return text.toString();
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
