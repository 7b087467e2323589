package io.minerops.server.db;

import io.minerops.server.cli.DatabaseOptions;
import io.minerops.server.cli.ExitCodes;
import io.minerops.server.cli.JsonOption;
import io.minerops.server.http.JsonObject;
import io.minerops.sqlite.SqliteFile;
import io.minerops.sqlite.SqliteReport;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a copy of the database that is whole and checked. */
@Command(
        name = "backup",
        description = "Backs up the database, beside a running server or not, and checks the copy."
                + " Never overwrites a file.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            "0:the backup was written and is sound",
            "1:no backup: the database cannot be read, the target exists or cannot be written",
            ExitCodes.UNUSABLE_WORDS
        })
final class DbBackupCommand implements Runnable {
    @Parameters(paramLabel = "FILE", description = "the target, which must not exist")
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private Path target;

    @Mixin
    private final DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Override
    public void run() {
        SqliteReport report = SqliteFile.of(database.path()).backUpTo(target);
        JsonObject object = DbReports.json(report);
        json.write(
                spec,
                object,
                String.format(
                        "%s: %,d bytes, schema version %d, %,d rows, sound%n",
                        report.file(), report.bytes(), report.schemaVersion(), DbReports.rows(report)));
    }
}
