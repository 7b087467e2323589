package io.minerops.server.profit;

import io.minerops.core.profit.SensitivityGrid;
import io.minerops.core.profit.SensitivityGrid.Cell;
import io.minerops.server.cli.ExitCodes;
import io.minerops.server.cli.JsonOption;
import io.minerops.server.cli.TextTable;
import io.minerops.server.config.ServerConfig;
import io.minerops.server.rest.form.Outlooks;
import io.minerops.server.rest.view.OutlookView;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what would be earned at other prices, difficulties and tariffs. */
@Command(
        name = "sensitivity",
        description =
                "Calculates the daily profit of the fleet or a machine (--ths, --watts) for each combination of bitcoin"
                        + " price, difficulty and price of power.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            ExitCodes.DONE_WORDS,
            "1:the database cannot be read, or no market source answers",
            ExitCodes.UNUSABLE_WORDS
        })
final class ProfitSensitivityCommand implements Runnable {
    @Option(
            names = "--price-changes",
            split = ",",
            paramLabel = "PCT",
            description = "changes of the bitcoin price, %%, comma-separated; default: -40,-20,0,20,40")
    private @Nullable List<Double> priceChanges;

    @Option(
            names = "--difficulty-changes",
            split = ",",
            paramLabel = "PCT",
            description = "changes of the difficulty, %%, comma-separated; default: -40,-20,0,20,40")
    private @Nullable List<Double> difficultyChanges;

    @Option(
            names = "--power-costs",
            split = ",",
            paramLabel = "USD",
            description = "prices per kWh, comma-separated; default: that of now, and 0.02 less and more")
    private @Nullable List<Double> powerCosts;

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
        ProfitOptions.Basis basis = options.basis(config, InstantSource.system());
        SensitivityGrid grid = new Outlooks.SensitivityForm(priceChanges, difficultyChanges, powerCosts)
                .grid(basis.figures().inputs());
        json.write(spec, new OutlookView(basis.figures(), basis.reward()).sensitivity(grid), text(grid));
    }

    private static String text(SensitivityGrid grid) {
        Map<Double, List<Cell>> byTariff = grid.cells().stream()
                .collect(Collectors.groupingBy(Cell::powerCostUsdPerKwh, LinkedHashMap::new, Collectors.toList()));
        StringBuilder text = new StringBuilder();
        byTariff.forEach((tariff, cells) -> text.append(text.isEmpty() ? "" : System.lineSeparator())
                .append("profit, USD a day, with power at ")
                .append(ProfitTable.shown(tariff, "%.4f"))
                .append(" USD/kWh: bitcoin price across, difficulty down")
                .append(System.lineSeparator())
                .append(table(cells)));
        return text.toString();
    }

    private static TextTable table(List<Cell> cells) {
        Map<Double, List<Cell>> rows = cells.stream()
                .collect(Collectors.groupingBy(Cell::difficultyChangePct, LinkedHashMap::new, Collectors.toList()));
        List<String> heads = new ArrayList<>(List.of(""));
        rows.values().iterator().next().forEach(cell -> heads.add(change(cell.priceChangePct())));
        TextTable table =
                new TextTable(heads, IntStream.range(0, heads.size()).boxed().collect(Collectors.toSet()));
        rows.forEach((difficulty, row) -> {
            List<String> texts = new ArrayList<>(List.of(change(difficulty)));
            row.forEach(cell -> texts.add(ProfitTable.shown(cell.dailyProfitUsd(), "%,+.2f")));
            table.row(texts);
        });
        return table;
    }

    private static String change(double pct) {
        return pct == 0 ? "now" : String.format(Locale.ROOT, "%+.4g %%", pct);
    }
}
