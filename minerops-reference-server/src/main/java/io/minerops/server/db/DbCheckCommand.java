package io.minerops.server.db;

import io.minerops.server.cli.DatabaseOptions;
import io.minerops.server.cli.ExitCodes;
import io.minerops.server.cli.JsonOption;
import io.minerops.sqlite.SqliteFile;
import io.minerops.sqlite.SqliteReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Reads the database through and says whether it is sound. */
@Command(
        name = "check",
        description = "Checks the database, beside a running server or not: pages, indexes and references,"
                + " and shows its content.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {"0:the database is sound", "1:it is damaged, or cannot be read", ExitCodes.UNUSABLE_WORDS})
final class DbCheckCommand implements Callable<Integer> {
    @Mixin
    private final DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private CommandSpec spec;

    @Override
    public Integer call() {
        SqliteReport report = SqliteFile.of(database.path()).check();
        json.write(spec, DbReports.json(report), DbReports.text(report));
        return report.isSound() ? ExitCodes.DONE : ExitCodes.FAILED;
    }
}
