package io.minerops.server.cli;

import java.io.PrintWriter;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the script that completes commands and options. */
@Command(
        name = "completion",
        description = "Prints a completion script for bash and zsh:" + " source <(minerops completion).",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {ExitCodes.DONE_WORDS, ExitCodes.UNUSABLE_WORDS})
public final class CompletionCommand implements Runnable {
    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "minerops",
            description = "the command's name or alias in the shell; default: ${DEFAULT-VALUE}")
    private String name = "minerops";

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        out.print(AutoComplete.bash(name, spec.root().commandLine()));
        out.flush();
    }
}
