package io.minerops.server.curtail;

import io.minerops.api.internal.Check;
import io.minerops.api.store.Store;
import io.minerops.core.curtail.Saving;
import io.minerops.core.curtail.StrikeReport;
import io.minerops.core.curtail.StrikeTrial;
import io.minerops.server.cli.DatabaseOptions;
import io.minerops.server.cli.ExitCodes;
import io.minerops.server.cli.JsonOption;
import io.minerops.server.cli.TextTable;
import io.minerops.server.config.ServerConfig;
import io.minerops.server.http.JsonObject;
import io.minerops.server.rest.view.MinerNames;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tries a strike price on the stored hours. */
@Command(
        name = "backtest",
        description = "Shows what a strike price, and others beside it, would have brought over the stored hours.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {ExitCodes.DONE_WORDS, "1:the database cannot be read", ExitCodes.UNUSABLE_WORDS})
final class CurtailBacktestCommand implements Runnable {
    private static final double SECONDS_PER_DAY = 86_400;

    @Option(
            names = "--strike",
            paramLabel = "USD",
            defaultValue = "100",
            description = "strike price, USD/MWh; default: 100")
    private double strike = StrikeForm.DEFAULT_STRIKE;

    @Option(names = "--days", defaultValue = "30", description = "days of history; default: 30")
    private double days = StrikeForm.DEFAULT_DAYS;

    @Option(
            names = "--compare",
            paramLabel = "USD",
            split = ",",
            description = "other strike prices, USD/MWh, comma-separated; default: 0 to 200 in steps of 10")
    private List<Double> others = new ArrayList<>();

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
        Check.between("--days", days, 0.01, StrikeForm.MAX_DAYS);
        StrikeTrial trial = new StrikeTrial(
                strike, options.minRun(), options.minStop(), options.restart(), options.idleW(), compared());
        try (Store store = database.openForReading()) {
            Instant until = Instant.now();
            Duration back = Duration.ofSeconds(Math.round(days * SECONDS_PER_DAY));
            StrikeReport report = CurtailOptions.service(store, config).backtest(trial, until.minus(back), until);
            CurtailmentViews views =
                    new CurtailmentViews(new MinerNames(config.miners().port()));
            json.write(spec, JsonObject.ok().object("backtest", views.backtest(report)), text(report));
        }
    }

    private List<Double> compared() {
        List<Double> compared = new ArrayList<>(others);
        for (int i = 0; others.isEmpty() && i < StrikeForm.DEFAULT_GRID_COUNT; i++) {
            compared.add(i * StrikeForm.DEFAULT_GRID_TO / (StrikeForm.DEFAULT_GRID_COUNT - 1));
        }
        return compared;
    }

    private static String text(StrikeReport report) {
        StrikeReport.Was was = report.was();
        String end = System.lineSeparator();
        StringBuilder text = new StringBuilder();
        text.append(was.minerHours())
                .append(" miner-hours from ")
                .append(report.first())
                .append(" to ");
        text.append(report.last())
                .append(": ")
                .append(CurtailOptions.number(was.energyKwh(), 1))
                .append(" kWh for ");
        text.append(CurtailOptions.usd(was.energyUsd())).append(" USD, revenue ");
        text.append(CurtailOptions.usd(was.revenueUsd())).append(" USD").append(end);
        text.append("estimated ")
                .append(CurtailOptions.number(was.estimatedKwh(), 1))
                .append(" kWh; left out: ");
        text.append(was.hoursWithoutReadings()).append(" h without readings, ").append(was.hoursWithoutPrice());
        text.append(" h without a price, ")
                .append(was.hoursOfOthers())
                .append(" h of other miners")
                .append(end);
        TextTable table = new TextTable(
                List.of("STRIKE USD/MWH", "STOPPED H", "STARTS", "KWH", "SAVED USD", "LOST USD", "NET USD"),
                Set.of(0, 1, 2, 3, 4, 5, 6));
        report.outcomes().forEach(outcome -> table.row(row(outcome)));
        text.append(table)
                .append("best: ")
                .append(CurtailOptions.number(report.best().strikeUsdPerMwh(), 2));
        return text.append(" USD/MWh").append(end).toString();
    }

    private static List<String> row(StrikeReport.Outcome outcome) {
        Saving saving = outcome.saving();
        return List.of(
                CurtailOptions.number(outcome.strikeUsdPerMwh(), 2),
                CurtailOptions.number(saving.stoppedHours(), 0),
                Long.toString(saving.starts()),
                CurtailOptions.number(saving.energyKwh(), 1),
                CurtailOptions.usd(saving.energyUsd()),
                CurtailOptions.usd(saving.revenueUsd()),
                CurtailOptions.usd(saving.netUsd()));
    }
}
