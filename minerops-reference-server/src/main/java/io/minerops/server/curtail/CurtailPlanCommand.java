package io.minerops.server.curtail;

import io.minerops.api.store.Store;
import io.minerops.core.curtail.CurtailmentLimits;
import io.minerops.core.curtail.CurtailmentPlan;
import io.minerops.core.curtail.CurtailmentPlan.MinerPlan;
import io.minerops.core.curtail.IntervalPrices;
import io.minerops.core.curtail.ShedEvent;
import io.minerops.core.service.CurtailmentService;
import io.minerops.core.service.CurtailmentService.FleetPlan;
import io.minerops.server.cli.DatabaseOptions;
import io.minerops.server.cli.ExitCodes;
import io.minerops.server.cli.JsonOption;
import io.minerops.server.cli.TextTable;
import io.minerops.server.config.ServerConfig;
import io.minerops.server.http.JsonObject;
import io.minerops.server.rest.view.MinerNames;
import io.minerops.tariff.PriceCsv;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Plans which miners stop when. */
@Command(
        name = "plan",
        description =
                "Plans which miners stop when, for the prices of a CSV file or of the default tariff, from the latest"
                        + " readings in the database and the market. Sends no command to a miner.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            ExitCodes.DONE_WORDS,
            "1:the database cannot be read, or no market source answers",
            ExitCodes.UNUSABLE_WORDS
        })
final class CurtailPlanCommand implements Runnable {
    @Option(
            names = "--prices",
            paramLabel = "FILE",
            description = "CSV of prices such as start,usd_per_mwh; default: the default tariff")
    private @Nullable Path prices;

    @Option(names = "--zone", defaultValue = "UTC", description = "time zone of times without offset; default: UTC")
    private String zone = "UTC";

    @Option(names = "--hours", defaultValue = "24", description = "hours of the default tariff; default: 24")
    private int hours = PlanForm.DEFAULT_HOURS;

    @Option(names = "--tag", description = "only miners with this tag")
    private @Nullable String tag;

    @Option(names = "--ramp", paramLabel = "KW", description = "maximum change of the load per interval, kW")
    private @Nullable Double rampKw;

    @Option(names = "--demand", paramLabel = "USD", description = "price of a kW of the highest load; default: 0")
    private double demandUsdPerKw;

    @Option(
            names = "--peak",
            paramLabel = "KW",
            description = "highest load of the billing period before the plan, kW; default: 0")
    private double peakSoFarKw;

    @Mixin
    private final CurtailOptions options = new CurtailOptions();

    @Mixin
    private final DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Override
    public void run() {
        ServerConfig config = database.settings();
        CurtailmentLimits limits = new CurtailmentLimits(
                options.minRun(), options.minStop(), options.restart(), rampKw, demandUsdPerKw, peakSoFarKw, List.of());
        try (Store store = database.openForReading()) {
            CurtailmentService service = CurtailOptions.service(store, config);
            IntervalPrices given = prices == null
                    ? service.tariffPrices(Instant.now(), hours)
                    : PlanForm.of(PriceCsv.parse(lines(prices), ShedEvent.zone(zone)));
            FleetPlan fleet = service.plan(given, limits, tag, options.idleW());
            MinerNames names = new MinerNames(config.miners().port());
            json.write(
                    spec, JsonObject.ok().object("plan", new CurtailmentViews(names).plan(fleet)), text(fleet, names));
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static String text(FleetPlan fleet, MinerNames names) {
        CurtailmentPlan plan = fleet.plan();
        TextTable table = new TextTable(
                List.of("MINER", "STOPPED", "KWH", "SAVED USD", "LOST USD", "NET USD"), Set.of(2, 3, 4, 5));
        for (MinerPlan miner : plan.miners()) {
            String stops = miner.stops().stream()
                    .map(stop -> stop.from() + "/" + stop.until())
                    .collect(Collectors.joining(" "));
            table.row(List.of(
                    names.of(names.parse(miner.name())),
                    stops.isEmpty() ? "runs" : stops,
                    CurtailOptions.number(miner.saving().energyKwh(), 1),
                    CurtailOptions.usd(miner.saving().energyUsd()),
                    CurtailOptions.usd(miner.saving().revenueUsd()),
                    CurtailOptions.usd(miner.saving().netUsd())));
        }
        String end = System.lineSeparator();
        StringBuilder text = new StringBuilder(table.toString());
        text.append("net ").append(CurtailOptions.usd(plan.netUsd())).append(" USD, at most ");
        text.append(CurtailOptions.usd(plan.boundUsd()))
                .append(" USD by any plan")
                .append(end);
        if (!fleet.leftOut().isEmpty()) {
            text.append("left out, power or hashrate unknown: ");
            text.append(fleet.leftOut().stream().map(names::of).collect(Collectors.joining(", ")))
                    .append(end);
        }
        return text.toString();
    }
}
