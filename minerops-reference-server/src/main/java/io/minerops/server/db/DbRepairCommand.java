package io.minerops.server.db;

import io.minerops.server.cli.DatabaseOptions;
import io.minerops.server.cli.ExitCodes;
import io.minerops.server.cli.JsonOption;
import io.minerops.sqlite.SqliteFile;
import io.minerops.sqlite.SqliteRepairReport;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Recovers what can be read of a damaged database into a new one. */
@Command(
        name = "repair",
        description = "Recovers what can be read of a damaged database into a new file, and lists what is lost."
                + " The damaged file stays as it is. Stop the server first.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            "0:the new file was written, and nothing is lost",
            "1:the new file was written without what is lost, or nothing could be recovered",
            ExitCodes.UNUSABLE_WORDS
        })
final class DbRepairCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NEWFILE", description = "the target, which must not exist")
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private Path target;

    @Mixin
    private final DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private CommandSpec spec;

    @Override
    public Integer call() {
        SqliteRepairReport report = SqliteFile.of(database.path()).repairTo(target);
        json.write(spec, DbReports.json(report), DbReports.text(report));
        return report.lost().isEmpty() ? ExitCodes.DONE : ExitCodes.FAILED;
    }
}
