package io.minerops.server.db;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The database file; does nothing without one of its commands. */
@Command(
        name = "db",
        description =
                "Backs up, checks or exports the database, beside a running server or not; imports one of another system;"
                        + " copies all to another; recovers what can be read of a damaged one.",
        mixinStandardHelpOptions = true,
        subcommands = {
            DbBackupCommand.class,
            DbCheckCommand.class,
            DbCopyCommand.class,
            DbExportCommand.class,
            DbImportCommand.class,
            DbRepairCommand.class
        })
public final class DbCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "db needs a command: backup, check, copy, export, import or repair");
    }
}
