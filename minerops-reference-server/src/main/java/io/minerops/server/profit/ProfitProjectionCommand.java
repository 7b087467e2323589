package io.minerops.server.profit;

import io.minerops.core.profit.Projection;
import io.minerops.server.cli.ExitCodes;
import io.minerops.server.cli.JsonOption;
import io.minerops.server.cli.TextTable;
import io.minerops.server.config.ServerConfig;
import io.minerops.server.rest.form.Outlooks;
import io.minerops.server.rest.view.OutlookView;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what would be earned month by month. */
@Command(
        name = "projection",
        description =
                "Calculates month by month (UTC) what the fleet or a machine (--ths, --watts) would earn if price and"
                        + " difficulty grew steadily. The subsidy halves on its way. An assumption carried on, not a forecast.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            ExitCodes.DONE_WORDS,
            "1:the database cannot be read, or no market source answers",
            ExitCodes.UNUSABLE_WORDS
        })
final class ProfitProjectionCommand implements Runnable {
    private static final Set<Integer> NUMBERS = Set.of(1, 2, 3, 4, 5, 6, 7);

    @Option(names = "--months", paramLabel = "N", description = "1 to 240; default: 12")
    private @Nullable Integer months;

    @Option(
            names = "--difficulty-growth",
            paramLabel = "PCT",
            description = "growth of the difficulty, %% a month, -75 to 100; default: 0")
    private @Nullable Double difficultyGrowth;

    @Option(
            names = "--price-growth",
            paramLabel = "PCT",
            description = "growth of the bitcoin price, %% a month, -75 to 100; default: 0")
    private @Nullable Double priceGrowth;

    @Option(
            names = "--purchase-price",
            paramLabel = "USD",
            description = "what was paid, for the payback and the return")
    private @Nullable Double purchasePrice;

    @Option(names = "--resale-price", paramLabel = "USD", description = "what it is worth at the end; default: 0")
    private @Nullable Double resalePrice;

    @Mixin
    private final ProfitOptions options = new ProfitOptions();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Override
    public void run() {
        options.check(true);
        ServerConfig config = options.database().settings();
        InstantSource clock = InstantSource.system();
        Outlooks.ProjectionForm form =
                new Outlooks.ProjectionForm(months, difficultyGrowth, priceGrowth, purchasePrice, resalePrice);
        OutlookView.Purchase purchase = form.purchase();
        ProfitOptions.Basis basis = options.basis(config, clock);
        Projection.Assumptions assumed =
                form.assumptions(clock.instant(), basis.reward().height() - 1);
        Projection projection = Projection.of(basis.figures().inputs(), assumed);
        json.write(
                spec,
                new OutlookView(basis.figures(), basis.reward()).projection(projection, assumed, purchase),
                text(projection, purchase));
    }

    private static String text(Projection projection, OutlookView.Purchase purchase) {
        Double paid = purchase.priceUsd();
        TextTable table = new TextTable(
                List.of("MONTH", "DAYS", "DIFFICULTY", "BTC USD", "SUBSIDY", "MINED BTC", "POWER USD", "PROFIT USD"),
                NUMBERS);
        for (Projection.Month month : projection.months()) {
            table.row(List.of(
                    month.month().toString(),
                    ProfitTable.shown(month.days(), "%.1f"),
                    ProfitTable.shown(month.networkDifficulty(), "%,.0f"),
                    ProfitTable.shown(month.btcPriceUsd(), "%,.0f"),
                    ProfitTable.shown(month.subsidyBtc(), "%.4f"),
                    ProfitTable.shown(month.btc(), "%,.8f"),
                    ProfitTable.shown(month.powerCostUsd(), "%,.2f"),
                    ProfitTable.shown(month.profitUsd(), "%,.2f")));
        }
        TextTable sums = new TextTable(List.of("in all", ""), Set.of(1))
                .row(List.of("profit", ProfitTable.shown(projection.profitUsd(), "%,.2f USD")));
        if (paid != null) {
            OptionalDouble payback = projection.paybackDays(paid);
            sums.row(List.of(
                            "paid back after",
                            payback.isPresent()
                                    ? ProfitTable.shown(payback.getAsDouble(), "%,.0f days")
                                    : "not within the period"))
                    .row(List.of(
                            "return", ProfitTable.shown(projection.returnPct(paid, purchase.resaleUsd()), "%,.1f %%")));
        }
        return table + System.lineSeparator() + sums;
    }
}
