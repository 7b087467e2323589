package io.minerops.server.certify;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.Reading;
import io.minerops.api.store.Store;
import io.minerops.core.certify.BurnIn;
import io.minerops.core.certify.Certificate;
import io.minerops.core.certify.CertificateCriteria;
import io.minerops.core.device.CgminerClient;
import io.minerops.server.cli.DatabaseOptions;
import io.minerops.server.cli.ExitCodes;
import io.minerops.server.cli.Interrupts;
import io.minerops.server.cli.JsonOption;
import io.minerops.server.config.ServerConfig;
import io.minerops.server.http.Timestamps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Watches a miner, or reads what is stored of it, and writes a signed certificate. */
@Command(
        name = "certify",
        description =
                "Watches a miner for some hours and writes a signed certificate (JSON) and a page (HTML): whether its"
                        + " hashrate, energy, boards, chips and temperatures are as promised. Only reads. With --from and --until it"
                        + " takes the stored history instead of waiting.",
        mixinStandardHelpOptions = true,
        subcommands = {CertifyVerifyCommand.class, CertifyKeyCommand.class},
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            "0:pass",
            "1:no certificate: the miner, a file or the database cannot be read or written",
            ExitCodes.UNUSABLE_WORDS,
            "4:fail",
            "5:not proven: there is not enough evidence for a pass or a fail",
            "130:interrupted; --resume goes on"
        })
public final class CertifyCommand implements Callable<Integer> {
    /** A certificate that says fail. */
    static final int FAIL = 4;

    /** A certificate that says not proven. */
    static final int NOT_PROVEN = 5;

    private static final Duration USUAL_INTERVAL = Duration.ofMinutes(1);
    private static final double MAX_SECONDS = 600;
    private static final double MIN_SECONDS = 0.1;
    private static final double MILLIS_PER_SECOND = 1_000;
    private static final DateTimeFormatter NAME_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    @Parameters(paramLabel = "IP", arity = "0..1", description = "the miner's address; with :port if not 4028")
    private @Nullable String address;

    @Mixin
    private final LimitOptions limits = new LimitOptions();

    @Option(
            names = "--timeout",
            paramLabel = "S",
            defaultValue = "15",
            description = "timeout of a reading in seconds, 0.1 to 600; default: ${DEFAULT-VALUE}")
    private double timeout = 15;

    @Option(
            names = "--out",
            paramLabel = "PATH",
            description = "the files are PATH.json, PATH.html and PATH.polls; default: certificate-IP-TIME")
    private @Nullable Path out;

    @Option(
            names = "--resume",
            paramLabel = "FILE",
            description =
                    "go on with this file of polls, with its miner and limits; the time without polls is not counted")
    private @Nullable Path resume;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "certify from stored history: from this time, such as 2026-01-31T12:00:00Z; requires --until")
    private @Nullable String from;

    @Option(names = "--until", paramLabel = "TIME", description = "the end of that time, excluded; requires --from")
    private @Nullable String until;

    @Option(names = "--quiet", description = "show no progress")
    private boolean quiet;

    @Mixin
    private final KeyOption key = new KeyOption();

    @Mixin
    private final DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private CommandSpec spec;

    /** The exit code: 0 pass, 4 fail, 5 not proven, 130 interrupted. */
    @Override
    public Integer call() {
        checkOptions();
        limits.check();
        SigningKey signing = SigningKey.of(key.file());
        if (from != null && until != null) {
            return stored(address(), Timestamps.parse("from", from), Timestamps.parse("until", until), signing);
        }
        Duration deadline = Duration.ofMillis(
                Math.round(Check.between("timeout", timeout, MIN_SECONDS, MAX_SECONDS) * MILLIS_PER_SECOND));
        try (CgminerClient client =
                        CgminerClient.builder().exchangeTimeout(deadline).build();
                PollFile polls = resume == null ? begin(client, deadline) : PollFile.resume(resume)) {
            return watch(client, polls, deadline, signing);
        }
    }

    private void checkOptions() {
        if ((from == null) != (until == null)) {
            throw misused("--from and --until must be given together");
        }
        if (resume == null && address == null) {
            throw misused("certify needs an IP, --resume FILE, or a command: verify, key");
        }
        if (resume != null && (address != null || from != null || out != null || limits.isAnyGiven())) {
            throw misused("--resume takes the miner and the limits of the file, and none beside them");
        }
        if (from != null && limits.hasHours()) {
            throw misused("--hours must not be given beside --from and --until");
        }
    }

    private ParameterException misused(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private MinerAddress address() {
        return MinerAddress.parse(String.valueOf(address));
    }

    /** Reads the miner once, so that one that cannot be read, or of which too little is known, is reported at once. */
    private PollFile begin(CgminerClient client, Duration deadline) {
        MinerAddress miner = address();
        MinerReading first = client.read(miner, deadline).toCompletableFuture().join();
        if (!(first instanceof MinerReading.Ok ok)) {
            throw new UncheckedIOException(
                    first.describe() + "; there is nothing to certify", new IOException(first.describe()));
        }
        Double given = limits.ths();
        double expected = ok.sample().value(Reading.EXPECTED_THS);
        double nominal = given == null ? expected : given;
        if (Double.isNaN(nominal)) {
            throw unknownNominal(miner, "the device does not report one");
        }
        CertificateCriteria criteria = limits.criteria(
                nominal, given == null ? Nominal.REPORTED : Nominal.GIVEN, limits.jth(), limits.span(), USUAL_INTERVAL);
        CertificateFiles files = CertificateFiles.of(base(miner, Instant.now()));
        files.checkFree();
        return PollFile.create(files.polls(), miner, criteria);
    }

    private static InvalidArgumentException unknownNominal(MinerAddress miner, String why) {
        return new InvalidArgumentException(
                "ths", "the nominal hashrate of " + miner + " is unknown: " + why + "; --ths must be given");
    }

    private Path base(MinerAddress miner, Instant at) {
        return out == null
                ? Path.of("certificate-" + miner.toString().replaceAll("[^a-z0-9.-]", "_") + "-" + NAME_TIME.format(at))
                : out;
    }

    private int watch(CgminerClient client, PollFile polls, Duration deadline, SigningKey signing) {
        CertificateFiles files = CertificateFiles.ofPolls(polls.path());
        files.checkFree();
        CountDownLatch end = new CountDownLatch(1);
        LiveBurnIn watch = new LiveBurnIn(client, polls, deadline, Ticks.until(end));
        BurnInProgress progress = new BurnInProgress(spec.commandLine().getErr(), quiet);
        boolean covered = Interrupts.during(end::countDown, () -> {
            boolean whole = watch.run(progress::show);
            progress.end();
            if (!whole) {
                spec.commandLine().getErr().println("Interrupted; to go on: minerops certify --resume " + polls.path());
                spec.commandLine().getErr().flush();
            }
            return whole;
        });
        return covered ? issue(watch.burnIn(), files, polls.sha256(), signing) : ExitCodes.INTERRUPTED;
    }

    private int stored(MinerAddress address, Instant since, Instant end, SigningKey signing) {
        if (!since.isBefore(end)) {
            throw new InvalidArgumentException("until", "--until must be after --from (" + since + "), not " + end);
        }
        ServerConfig config = database.settings();
        try (Store store = database.openForReading()) {
            Miner miner = store.miners()
                    .find(address)
                    .orElseThrow(() ->
                            new InvalidArgumentException("IP", "there is no miner " + address + " in the database"));
            CertificateCriteria criteria = criteria(
                    store, miner, Duration.between(since, end), config.jobs().pollInterval());
            BurnIn burnIn =
                    BurnIn.ofHistory(store.metrics(), store.facts(), store.boards(), miner, criteria, since, end);
            CertificateFiles files = CertificateFiles.of(base(address, end));
            files.checkFree();
            return issue(burnIn, files, null, signing);
        }
    }

    private CertificateCriteria criteria(Store store, Miner miner, Duration span, Duration pollInterval) {
        Double given = limits.ths();
        Nominal nominal =
                given == null ? Nominal.of(miner, store.metrics().latest()) : new Nominal(given, Nominal.GIVEN);
        if (nominal == null) {
            throw unknownNominal(miner.address(), "it is not in the registry, and the device does not report one");
        }
        Double jPerTh = limits.jth() == null ? miner.nominalEfficiencyJPerTh() : limits.jth();
        return limits.criteria(nominal.ths(), nominal.source(), jPerTh, span, CertificateRoute.interval(pollInterval));
    }

    private int issue(BurnIn burnIn, CertificateFiles files, @Nullable String pollsSha256, SigningKey signing) {
        Certificate certificate = burnIn.certificate();
        files.write(
                certificate,
                new Issue(InstantSource.system().instant(), spec.root().version()[0], pollsSha256),
                signing);
        String fingerprint = PublicKeys.fingerprint(signing.publicKey());
        json.write(
                spec,
                CertificateText.json(certificate)
                        .text("certificate_file", files.json().toString())
                        .text("page_file", files.page().toString())
                        .text("fingerprint", fingerprint),
                String.format(
                        "%s%ncertificate %s%npage        %s%nsigned by   %s%n",
                        CertificateText.of(certificate), files.json(), files.page(), fingerprint));
        return switch (certificate.verdict()) {
            case PASS -> ExitCodes.DONE;
            case FAIL -> FAIL;
            case NOT_PROVEN -> NOT_PROVEN;
        };
    }
}
