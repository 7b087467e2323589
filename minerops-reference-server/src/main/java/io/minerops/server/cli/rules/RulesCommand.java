package io.minerops.server.cli.rules;

import io.minerops.server.cli.ExitCodes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Rules as files; does nothing without one of its commands. */
@Command(
        name = "rules",
        description = "Rule files: apply, export, test and backtest them.",
        mixinStandardHelpOptions = true,
        subcommands = {
            RulesApplyCommand.class,
            RulesExportCommand.class,
            RulesTestCommand.class,
            RulesBacktestCommand.class,
            RulesSchemaCommand.class
        },
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            ExitCodes.DONE_WORDS,
            "1:the file has errors, a test failed, or the database cannot be opened",
            ExitCodes.UNUSABLE_WORDS
        })
public final class RulesCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "rules needs a command: apply, export, test, backtest or schema");
    }
}
