package io.minerops.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The settings; does nothing without one of its commands. */
@Command(
        name = "config",
        description = "Checks the settings before a server is started with them.",
        mixinStandardHelpOptions = true,
        subcommands = ConfigCheckCommand.class)
public final class ConfigCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "config needs a command: check");
    }
}
