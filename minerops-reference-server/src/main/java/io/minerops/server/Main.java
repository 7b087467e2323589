package io.minerops.server;

import io.minerops.server.certify.CertifyCommand;
import io.minerops.server.cli.CommandFailures;
import io.minerops.server.cli.CompletionCommand;
import io.minerops.server.cli.ConfigCommand;
import io.minerops.server.cli.ExitCodes;
import io.minerops.server.cli.StartsServer;
import io.minerops.server.cli.rules.RulesCommand;
import io.minerops.server.config.Configuration;
import io.minerops.server.curtail.CurtailCommand;
import io.minerops.server.db.DbCommand;
import io.minerops.server.miner.MinerCommand;
import io.minerops.server.notifications.NotificationsCommand;
import io.minerops.server.profit.ProfitCommand;
import io.minerops.server.scan.ScanCommand;
import io.minerops.server.statement.StatementCommand;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command line: {@code serve}, {@code scan}, {@code miner} and the others, and {@code --help}. */
@Command(
        name = "minerops",
        description = "Monitors a fleet of Bitcoin miners: polls, alerts and profitability.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {
            ServeCommand.class,
            ScanCommand.class,
            MinerCommand.class,
            CertifyCommand.class,
            ProfitCommand.class,
            StatementCommand.class,
            CurtailCommand.class,
            RulesCommand.class,
            DbCommand.class,
            NotificationsCommand.class,
            ConfigCommand.class,
            CompletionCommand.class
        },
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            ExitCodes.DONE_WORDS,
            "1:failed, or the check found a problem",
            ExitCodes.UNUSABLE_WORDS,
            "3:scan found no miner",
            "4:certify says fail",
            "5:certify says not proven",
            "130:scan or certify was interrupted"
        })
public final class Main implements Runnable, StartsServer {
    private static final int HELP_WIDTH = 132;

    /** Without a command it is {@code serve}, whose options count here too. */
    @Mixin
    private final ServeCommand.Options options = new ServeCommand.Options();

    /** Runs the command line and ends the process with its exit code, unless a server is left running. */
    public static void main(String... arguments) {
        int code = commandLine().execute(arguments);
        if (code != 0) {
            System.exit(code);
        }
    }

    /** The commands, their settings and how failures are shown. */
    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Main());
        commandLine.setUsageHelpWidth(HELP_WIDTH);
        commandLine.getCommandSpec().usageMessage().footer(settings());
        commandLine.getSubcommands().forEach((name, command) -> {
            if (name.equals("serve")) {
                command.getCommandSpec().usageMessage().footer(settings());
            }
        });
        return CommandFailures.reportedBy(commandLine);
    }

    /** Without a command, the server is started. */
    @Override
    public void run() {
        ServeCommand.serve(options);
    }

    private static String[] settings() {
        List<Configuration.HelpRow> rows = Configuration.help();
        int name = rows.stream().mapToInt(row -> row.name().length()).max().orElse(0);
        int standard =
                rows.stream().mapToInt(row -> row.standard().length()).max().orElse(0);
        List<String> lines = rows.stream()
                .map(row -> String.format(
                                "  %-" + name + "s  %-" + standard + "s  %s", row.name(), row.standard(), row.meaning())
                        .replace("%", "%%"))
                .toList();
        String head =
                "%nSettings (environment, or a file of NAME=value lines with --config; the environment takes precedence):";
        return Stream.concat(Stream.of(head), lines.stream()).toArray(String[]::new);
    }

    /** The version that the build wrote into the manifest. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"MinerOps " + (version == null ? "(not packaged)" : version)};
        }
    }
}
