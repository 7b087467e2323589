package io.minerops.server.miner;

import io.minerops.api.internal.Check;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerReading;
import io.minerops.core.cgminer.ReplyMask;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks one miner, and shows what it says and what is read of it. */
@Command(
        name = "miner",
        description =
                "Asks one miner and shows what it says beside what is read of it. Passwords and tokens are masked.",
        mixinStandardHelpOptions = true)
public final class MinerCommand implements Callable<Integer> {
    private static final double MOST_SECONDS = 600;
    private static final double LEAST_SECONDS = 0.1;
    private static final int NOT_READ = 1;

    @Parameters(paramLabel = "IP", description = "its address; with :port where that is not 4028")
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private String address;

    @Option(
            names = "--raw",
            description = "a report of a fault: replies as they came, with accounts, serial numbers, network names and"
                    + " halves of hardware addresses masked too")
    private boolean raw;

    @Option(names = "--json", description = "as JSON")
    private boolean json;

    @Option(
            names = "--timeout",
            paramLabel = "S",
            defaultValue = "15",
            description = "seconds for all of it, 0.1 to 600; ${DEFAULT-VALUE} unless told otherwise")
    private double seconds = 15;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private CommandSpec spec;

    /** The exit code: 0 where the miner was read, 1 where it was not. */
    @Override
    public Integer call() {
        MinerAddress miner = MinerAddress.parse(address);
        Duration deadline =
                Duration.ofMillis(Math.round(Check.between("timeout", seconds, LEAST_SECONDS, MOST_SECONDS) * 1_000));
        MinerReport report = MinerReport.of(miner, deadline, raw ? ReplyMask.REPORT : ReplyMask.SECRETS);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(ReportJson.of(report).pretty());
        } else {
            lines(report).forEach(out::println);
        }
        out.flush();
        return report.reading() instanceof MinerReading.Ok ? 0 : NOT_READ;
    }

    private List<String> lines(MinerReport report) {
        return raw ? FaultReport.of(report, spec.root().version()[0]) : SideBySide.of(report);
    }
}
