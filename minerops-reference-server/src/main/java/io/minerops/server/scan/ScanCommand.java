package io.minerops.server.scan;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.store.Store;
import io.minerops.core.device.CgminerClient;
import io.minerops.core.discovery.Discovery;
import io.minerops.core.discovery.DiscoveryListener;
import io.minerops.core.discovery.DiscoveryOutcome;
import io.minerops.core.discovery.DiscoveryProgress;
import io.minerops.core.discovery.DiscoveryRun;
import io.minerops.core.discovery.DiscoverySettings;
import io.minerops.core.discovery.MinerRange;
import io.minerops.core.discovery.NetworkLimits;
import io.minerops.core.discovery.mdns.MdnsQuery;
import io.minerops.core.service.DiscoveryJob;
import io.minerops.core.service.DiscoveryService;
import io.minerops.server.cli.ExitCodes;
import io.minerops.server.cli.Interrupts;
import io.minerops.server.cli.JsonOption;
import io.minerops.server.rest.view.DiscoveryViews;
import io.minerops.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Searches a network for miners, and optionally stores them in a database. */
@Command(
        name = "scan",
        description = "Finds miners by querying each address as a poll does. Only reads.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            "0:all addresses were queried, and a miner was found",
            "1:the scan failed, or the database cannot be opened",
            ExitCodes.UNUSABLE_WORDS,
            "3:all addresses were queried, and no miner was found",
            "130:interrupted; miners found so far are shown, nothing is registered"
        })
public final class ScanCommand implements Callable<Integer> {
    /** Nothing was found. */
    static final int NOTHING = 3;

    private static final Duration REDRAW = Duration.ofMillis(200);
    private static final double MIN_TIMEOUT_S = 0.1;
    private static final double MAX_TIMEOUT_S = 60;
    private static final double MILLIS_PER_SECOND = 1_000;

    /** Reading a device, which takes several exchanges, may take so many times as long as an address may be silent. */
    private static final int TIMEOUT_FACTOR = 4;

    @Parameters(
            paramLabel = "RANGE",
            arity = "0..1",
            description = "networks (192.168.1.0/24), ranges (192.168.1.10-99) and addresses, each with an optional"
                    + " :port, comma-separated; at most 65536 addresses")
    private @Nullable String range;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "500",
            description = "maximum connections per second, 1 to 100000; default: ${DEFAULT-VALUE}")
    private int rate = DiscoverySettings.DEFAULT_CONNECTIONS_PER_SECOND;

    @Option(
            names = "--in-flight",
            paramLabel = "N",
            defaultValue = "256",
            description = "maximum addresses queried at a time, 1 to 4096; default: ${DEFAULT-VALUE}")
    private int inFlight = DiscoverySettings.DEFAULT_MAX_IN_FLIGHT;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "1.5",
            description = "timeout per address in seconds, 0.1 to 60; each is queried twice; default: ${DEFAULT-VALUE}"
                    + " otherwise")
    private double timeout = 1.5;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "4028",
            description = "port of an address without one; default: ${DEFAULT-VALUE}")
    private int port = MinerAddress.DEFAULT_PORT;

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            defaultValue = "0",
            description = "the same seed gives the same order; default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(names = "--mdns", description = "also query devices that announce themselves by mDNS")
    private boolean mdns;

    @Option(names = "--allow-public", description = "also query public addresses and host names")
    private boolean allowPublic;

    @Mixin
    private final JsonOption json = new JsonOption();

    @Option(names = "--quiet", description = "show no progress")
    private boolean quiet;

    @Mixin
    private final RegisterOptions registering = new RegisterOptions();

    /** What is done with the miners that are found. */
    static final class RegisterOptions {
        @Option(
                names = "--register",
                description = "store the result in the database; user input is kept, and the history of a miner that"
                        + " changed its address follows it")
        private boolean register;

        @Option(names = "--db", paramLabel = "FILE", description = "the database of --register; no server may use it")
        private @Nullable Path database;
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Override
    public Integer call() {
        Path database = database();
        DiscoverySettings settings = settings();
        MinerRange queried = range();
        try (CgminerClient client = client(settings)) {
            if (database == null) {
                DiscoveryRun run = new Discovery(client, settings).start(queried, DiscoveryListener.NONE);
                return show(
                        run::cancel,
                        run::progress,
                        run.report().toCompletableFuture().thenApply(report -> new DiscoveryOutcome(report, null)));
            }
            try (Store store = SqliteStore.open(database);
                    DiscoveryService jobs =
                            new DiscoveryService(new Discovery(client, settings), store, InstantSource.system())) {
                DiscoveryJob job = jobs.start(queried, true, DiscoveryListener.NONE);
                return show(job::cancel, job::progress, job.outcome().toCompletableFuture());
            }
        }
    }

    private @Nullable Path database() {
        if (registering.register != (registering.database != null)) {
            throw new ParameterException(spec.commandLine(), "--register and --db FILE go together");
        }
        return registering.database;
    }

    private DiscoverySettings settings() {
        try {
            Check.between("timeout", timeout, MIN_TIMEOUT_S, MAX_TIMEOUT_S);
            Duration reading = silence().multipliedBy(TIMEOUT_FACTOR);
            return DiscoverySettings.defaults()
                    .withConnectionsPerSecond(rate)
                    .withMaxInFlight(inFlight)
                    .withDeadlines(reading, reading)
                    .withSeed(seed);
        } catch (InvalidArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private MinerRange range() {
        if (range == null && !mdns) {
            throw new ParameterException(spec.commandLine(), "scan needs a RANGE such as 192.168.1.0/24, or --mdns");
        }
        try {
            MinerRange given = range == null ? MinerRange.none() : MinerRange.parse(range, port);
            if (!allowPublic) {
                NetworkLimits.requireLocal(given);
            }
            return mdns ? announced(given) : given;
        } catch (InvalidArgumentException e) {
            String more = e.argument().equals("range") && !allowPublic ? "; --allow-public allows any" : "";
            throw new ParameterException(spec.commandLine(), e.getMessage() + more, e);
        }
    }

    private MinerRange announced(MinerRange given) {
        var announcements = MdnsQuery.toLocalNetworks().exchange(MdnsQuery.DEFAULT_LISTENING);
        if (!quiet) {
            announcements.forEach(one ->
                    spec.commandLine().getErr().println("announced: " + one.address() + " (" + one.name() + ")"));
        }
        return MdnsQuery.widened(given, announcements, port);
    }

    private Duration silence() {
        return Duration.ofMillis(Math.round(timeout * MILLIS_PER_SECOND));
    }

    /** A client that gives up silent addresses early, so that readings of those that answer may take their time. */
    private CgminerClient client(DiscoverySettings settings) {
        return CgminerClient.builder()
                .maxConnections(settings.maxInFlight())
                .connectTimeout(silence())
                .build();
    }

    /** Shows the progress until the end, and then what was found; Ctrl-C ends the search, and what was found is shown. */
    private int show(
            Runnable cancel, Supplier<DiscoveryProgress> progress, CompletableFuture<DiscoveryOutcome> outcome) {
        return Interrupts.during(cancel, () -> {
            ProgressDisplay display = ProgressDisplay.on(spec.commandLine().getErr(), quiet);
            DiscoveryOutcome result = display.until(outcome, progress, REDRAW);
            json.write(spec, DiscoveryViews.json(result, port), ScanTable.of(result, port));
            if (result.report().cancelled()) {
                return ExitCodes.INTERRUPTED;
            }
            return result.report().found().isEmpty() ? NOTHING : ExitCodes.DONE;
        });
    }
}
