package io.minerops.server.db;

import io.minerops.blocks.copy.Copy;
import io.minerops.blocks.copy.CopyEnd;
import io.minerops.blocks.copy.CopyKind;
import io.minerops.postgres.PostgresStore;
import io.minerops.server.cli.ExitCodes;
import io.minerops.server.cli.JsonOption;
import io.minerops.server.cli.SettingsOptions;
import io.minerops.server.cli.TextTable;
import io.minerops.server.config.DatabaseConfig;
import io.minerops.server.http.JsonObject;
import io.minerops.sqlite.SqliteFile;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Copies a database to another one. */
@Command(
        name = "copy",
        description =
                "Copies all of a database to another, empty one, such as a SQLite file to PostgreSQL, and compares both."
                        + " Stop all servers first. A copy that was interrupted is gone on with by the same command.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            "0:copied; both are the same",
            "1:not copied: one cannot be opened or is in use, the target holds other data, or both differ in the end",
            ExitCodes.UNUSABLE_WORDS
        })
final class DbCopyCommand implements Runnable {
    private static final String ACCEPTED = "a SQLite file, or jdbc:postgresql://HOST:PORT/DATABASE";

    @Parameters(index = "0", paramLabel = "FROM", description = "the source: " + ACCEPTED)
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private String from;

    @Parameters(
            index = "1",
            paramLabel = "TO",
            description = "the target, which must hold nothing: " + ACCEPTED
                    + "; user, password and schema of PostgreSQL: MINEROPS_DB_USER, MINEROPS_DB_PASSWORD,"
                    + " MINEROPS_DB_SCHEMA")
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private String to;

    @Mixin
    private final SettingsOptions settings = new SettingsOptions();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Override
    public void run() {
        try (CopyEnd source = end(from);
                CopyEnd target = end(to)) {
            Map<CopyKind, Copy.Sum> copied = new Copy(source, target, new Shown()).run();
            json.write(spec, object(source, target, copied), text(source, target, copied));
        }
    }

    private CopyEnd end(String database) {
        DatabaseConfig config = settings.read(database);
        return config instanceof DatabaseConfig.Postgres postgres
                ? PostgresStore.copyEnd(postgres.options())
                : SqliteFile.of(((DatabaseConfig.SqliteFile) config).path()).copyEnd();
    }

    /** The progress as lines of the error output. */
    private final class Shown implements Copy.Progress {
        @Override
        public void copied(CopyKind kind, long done, long total) {
            line("%s: %,d of %,d rows%n", kind.table(), done, total);
        }

        @Override
        public void verified(CopyKind kind, Copy.Sum sum) {
            if (sum.rows() > 0) {
                line("%s: %,d rows compared%n", kind.table(), sum.rows());
            }
        }

        private void line(String format, Object... values) {
            if (!json.isSet()) {
                PrintWriter err = spec.commandLine().getErr();
                err.printf(Locale.ROOT, format, values);
                err.flush();
            }
        }
    }

    private static JsonObject object(CopyEnd source, CopyEnd target, Map<CopyKind, Copy.Sum> copied) {
        JsonObject rows = JsonObject.object();
        JsonObject sums = JsonObject.object();
        copied.forEach((kind, sum) -> {
            rows.whole(kind.table(), sum.rows());
            sums.text(kind.table(), sum.sha256());
        });
        return JsonObject.ok()
                .text("from", source.name())
                .text("to", target.name())
                .object("rows", rows)
                .object("sha256", sums);
    }

    private static String text(CopyEnd source, CopyEnd target, Map<CopyKind, Copy.Sum> copied) {
        TextTable table = new TextTable(List.of("TABLE", "ROWS", "SHA-256"), Set.of(1));
        copied.forEach((kind, sum) ->
                table.row(List.of(kind.table(), String.format(Locale.ROOT, "%,d", sum.rows()), sum.sha256())));
        return String.format("%s was copied to %s; both are the same%n%n%s", source.name(), target.name(), table);
    }
}
