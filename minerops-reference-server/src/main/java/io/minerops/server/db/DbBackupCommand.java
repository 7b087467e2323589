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
        description = "Copies the database as it is at this moment, while the server runs or not, and checks the copy."
                + " Writes over nothing.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            "0:the copy is there and sound",
            "1:there is no copy: the database cannot be read, the target is taken or cannot be written",
            ExitCodes.UNUSABLE_WORDS
        })
final class DbBackupCommand implements Runnable {
    @Parameters(paramLabel = "FILE", description = "where to; nothing may be there yet")
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
