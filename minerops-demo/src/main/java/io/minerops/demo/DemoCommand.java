package io.minerops.demo;

import io.minerops.server.Logging;
import io.minerops.server.cli.CommandFailures;
import io.minerops.server.cli.ExitCodes;
import io.minerops.server.cli.StartsServer;
import io.minerops.server.config.Configuration;
import io.minerops.server.config.ConfigurationException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows everything without a miner: a simulated fleet with troubles that come and go. */
@Command(
        name = "minerops-demo",
        description =
                "Starts the server with a simulated fleet with changing faults, a simulated market and inboxes for"
                        + " e-mails and webhook posts, all on this machine. Nothing is stored.",
        mixinStandardHelpOptions = true,
        subcommands = RecordCommand.class,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {"0:it was stopped", "1:it could not start", ExitCodes.UNUSABLE_WORDS})
public final class DemoCommand implements Runnable, StartsServer {
    private static final int HELP_WIDTH = 132;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "port of the pages, 0 for any free one; default: MINEROPS_PORT, or 5050")
    private @Nullable Integer port;

    @Option(
            names = "--miners",
            paramLabel = "N",
            defaultValue = "50",
            description = "how many miners, 7 to 5000; up to 30 of those above 7 are the rack that goes out;"
                    + " default: ${DEFAULT-VALUE}")
    private int miners = 50;

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            defaultValue = "1",
            description = "the same seed gives the same fleet and the same faults; default: ${DEFAULT-VALUE}")
    private long seed = 1;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    /** Runs the command line and ends the process with its exit code, unless the demo is left running. */
    public static void main(String... arguments) {
        int code = commandLine().execute(arguments);
        if (code != 0) {
            System.exit(code);
        }
    }

    /** The demo, and the command that records a device. */
    static CommandLine commandLine() {
        return CommandFailures.reportedBy(new CommandLine(new DemoCommand()).setUsageHelpWidth(HELP_WIDTH));
    }

    /**
     * Starts the demo and leaves it running.
     *
     * @throws ConfigurationException if the port cannot be one
     * @throws UncheckedIOException if it cannot be listened on; the message names the option
     * @throws io.minerops.api.InvalidArgumentException if there are too few or too many miners
     */
    @Override
    public void run() {
        Demo demo = start(port == null ? Configuration.port(System.getenv()) : port);
        Runtime.getRuntime().addShutdownHook(new Thread(demo::close, "shutdown"));
        spec.commandLine()
                .getOut()
                .printf(
                        "%n  Dashboard           %s%n  Mails and posts     %s%n  Simulated miners    %d%n%n  Alerts of"
                                + " five types rise and clear within two minutes, and a rack goes out and comes back.%n "
                                + " Ctrl-C ends the demo.%n%n",
                        demo.uri(), demo.uri().resolve("/demo/inbox"), miners);
        spec.commandLine().getOut().flush();
    }

    private Demo start(int chosen) {
        try {
            return Demo.start(chosen, miners, seed, Logging::setUp);
        } catch (UncheckedIOException e) {
            throw new UncheckedIOException(e.getMessage() + "; --port does so for the demo", e.getCause());
        }
    }
}
