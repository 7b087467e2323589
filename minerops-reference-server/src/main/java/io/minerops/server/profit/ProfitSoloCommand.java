package io.minerops.server.profit;

import io.minerops.api.InvalidArgumentException;
import io.minerops.core.profit.ProfitabilityInputs;
import io.minerops.core.profit.SoloOdds;
import io.minerops.server.cli.ExitCodes;
import io.minerops.server.cli.JsonOption;
import io.minerops.server.cli.TextTable;
import io.minerops.server.config.ServerConfig;
import io.minerops.server.rest.form.Outlooks;
import io.minerops.server.rest.view.OutlookView;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the odds of finding a block without a pool. */
@Command(
        name = "solo",
        description = "Calculates the odds that the fleet or a machine (--ths) finds a block without a pool.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            ExitCodes.DONE_WORDS,
            "1:the database cannot be read, or no market source answers",
            ExitCodes.UNUSABLE_WORDS
        })
final class ProfitSoloCommand implements Runnable {
    private static final double HOURS_PER_DAY = 24;
    private static final double PERCENT = 100;

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "30",
            description = "the period, above 0 and at most 36500; default: ${DEFAULT-VALUE}")
    private double days = Outlooks.DEFAULT_SOLO_DAYS;

    @Mixin
    private final ProfitOptions options = new ProfitOptions();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Override
    public void run() {
        options.check(false);
        if (!(days > 0 && days <= Outlooks.MAX_SOLO_DAYS)) {
            throw new InvalidArgumentException(
                    "days", "days must be above 0 and at most " + Outlooks.MAX_SOLO_DAYS + ", not " + days);
        }
        ServerConfig config = options.database().settings();
        ProfitOptions.Basis basis = options.basis(config, InstantSource.system());
        Duration period = Outlooks.days(days);
        json.write(
                spec,
                new OutlookView(basis.figures(), basis.reward()).solo(period),
                text(basis.figures().inputs(), period));
    }

    private static String text(ProfitabilityInputs now, Duration period) {
        SoloOdds odds = SoloOdds.within(now.hashrateThs(), now.networkDifficulty(), period);
        return new TextTable(List.of("mining alone", ""), Set.of(1))
                .row(List.of("hashrate", ProfitTable.shown(now.hashrateThs(), "%,.2f TH/s")))
                .row(List.of("difficulty", ProfitTable.shown(now.networkDifficulty(), "%,.0f")))
                .row(List.of("period", ProfitTable.shown(period.toHours() / HOURS_PER_DAY, "%,.1f days")))
                .row(List.of("blocks expected", ProfitTable.shown(odds.expectedBlocks(), "%.3g")))
                .row(List.of("chance of a block", ProfitTable.shown(odds.atLeastOne() * PERCENT, "%.3g %%")))
                .row(List.of(
                        "even odds after",
                        SoloOdds.evenAfter(now.hashrateThs(), now.networkDifficulty())
                                .map(time -> ProfitTable.shown((double) time.toDays(), "%,.0f days"))
                                .orElse("-")))
                .toString();
    }
}
