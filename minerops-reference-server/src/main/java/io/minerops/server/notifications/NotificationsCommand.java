package io.minerops.server.notifications;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Messages; does nothing without one of its commands. */
@Command(
        name = "notifications",
        description = "Lists messages and their delivery, or sends a test message.",
        mixinStandardHelpOptions = true,
        subcommands = {NotificationsListCommand.class, NotificationsTestCommand.class})
public final class NotificationsCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "notifications needs a command: list or test");
    }
}
