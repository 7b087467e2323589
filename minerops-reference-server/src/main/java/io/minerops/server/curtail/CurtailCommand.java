package io.minerops.server.curtail;

import io.minerops.server.cli.ExitCodes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Curtailment; does nothing without one of its commands. */
@Command(
        name = "curtail",
        description = "Curtailment: plan, backtest a strike price, report what was shed, verify a report.",
        mixinStandardHelpOptions = true,
        subcommands = {
            CurtailPlanCommand.class,
            CurtailBacktestCommand.class,
            CurtailReportCommand.class,
            CurtailVerifyCommand.class
        },
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            ExitCodes.DONE_WORDS,
            "1:a report was changed, or the database cannot be read",
            ExitCodes.UNUSABLE_WORDS
        })
public final class CurtailCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "curtail needs a command: plan, backtest, report or verify");
    }
}
