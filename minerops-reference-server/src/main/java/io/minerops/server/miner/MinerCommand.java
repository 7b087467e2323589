package io.minerops.server.miner;

import io.minerops.api.internal.Check;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerReading;
import io.minerops.core.device.internal.redact.ReplyRedactor;
import io.minerops.server.cli.ExitCodes;
import io.minerops.server.cli.JsonOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads one miner, and shows its responses and readings. */
@Command(
        name = "miner",
        description = "Reads one miner and shows its responses beside the readings. Passwords and tokens are masked.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {"0:the miner was read", "1:it was not", ExitCodes.UNUSABLE_WORDS})
public final class MinerCommand implements Callable<Integer> {
    private static final double MAX_SECONDS = 600;
    private static final double MIN_SECONDS = 0.1;

    @Parameters(paramLabel = "IP", description = "its address; with :port if not 4028")
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private String address;

    @Option(
            names = "--raw",
            description = "a fault report: responses as received, with accounts, serial numbers, network names and"
                    + " halves of MAC addresses masked too")
    private boolean raw;

    @Mixin
    private final JsonOption json = new JsonOption();

    @Option(
            names = "--timeout",
            paramLabel = "S",
            defaultValue = "15",
            description = "timeout in seconds, 0.1 to 600; default: ${DEFAULT-VALUE}")
    private double seconds = 15;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private CommandSpec spec;

    /** The exit code: 0 where the miner was read, 1 where it was not. */
    @Override
    public Integer call() {
        MinerAddress miner = MinerAddress.parse(address);
        Duration deadline =
                Duration.ofMillis(Math.round(Check.between("timeout", seconds, MIN_SECONDS, MAX_SECONDS) * 1_000));
        MinerReport report = MinerReport.of(miner, deadline, raw ? ReplyRedactor.REPORT : ReplyRedactor.SECRETS);
        json.write(
                spec,
                ReportJson.of(report),
                String.join(System.lineSeparator(), lines(report)) + System.lineSeparator());
        return report.reading() instanceof MinerReading.Ok ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private List<String> lines(MinerReport report) {
        return raw ? FaultReport.of(report, spec.root().version()[0]) : SideBySide.of(report);
    }
}
