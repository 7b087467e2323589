package io.minerops.server.profit;

import io.minerops.core.network.RetargetEstimate;
import io.minerops.core.profit.MeritOrder;
import io.minerops.core.profit.StrikeReport;
import io.minerops.server.cli.TextTable;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Strike prices as text: the market and where all break even, then a row for each miner or group. */
final class StrikeTable {
    private static final Set<Integer> NUMBERS = Set.of(1, 2, 3, 4, 5, 6);
    private static final double W_PER_KW = 1_000;

    private StrikeTable() {}

    static String of(StrikeReport report, Function<MeritOrder.Entry, String> name) {
        MeritOrder order = report.order();
        String end = System.lineSeparator();
        StringBuilder text = new StringBuilder().append(head(report)).append(end);
        if (!order.entries().isEmpty()) {
            text.append(rows(order, name)).append(end);
            text.append(order.marginal()
                    .map(entry ->
                            "first to stop when power prices rise: " + name.apply(entry) + ", whose power may cost "
                                    + ProfitTable.shown(entry.headroomUsdPerMwh(), "%,.2f") + " USD/MWh more")
                    .orElse("none earns what its power costs"));
            text.append(end);
        }
        if (!order.withoutPower().isEmpty()) {
            text.append(order.withoutPower().size())
                    .append(" without a strike price, because no power is known: ")
                    .append(String.join(
                            ", ",
                            order.withoutPower().stream().map(Object::toString).toList()))
                    .append(end);
        }
        return text.toString();
    }

    private static TextTable head(StrikeReport report) {
        StrikeReport.BreakEven even = report.breakEven();
        RetargetEstimate forward = report.forward();
        TextTable table = new TextTable(List.of("market", ""), Set.of(1))
                .row(List.of("price of a bitcoin", ProfitTable.shown(report.btcPriceUsd(), "%,.2f USD")))
                .row(List.of(
                        forward == null
                                ? "difficulty"
                                : "difficulty after the next change, in " + forward.remainingBlocks() + " blocks ("
                                        + ProfitTable.shown(forward.changePct(), "%+.2f %%") + ")",
                        ProfitTable.shown(report.networkDifficulty(), "%,.0f")))
                .row(List.of("hashprice", ProfitTable.shown(report.hashpriceUsdPerPhDay(), "%,.2f USD/PH/d")));
        if (report.hashpriceUsdPerPhDay() != report.marketHashpriceUsdPerPhDay()) {
            table.row(List.of(
                    "hashprice of the market",
                    ProfitTable.shown(report.marketHashpriceUsdPerPhDay(), "%,.2f USD/PH/d")));
        }
        return table.row(List.of("price of power", ProfitTable.shown(report.powerUsdPerMwh(), "%,.2f USD/MWh")))
                .row(List.of(
                        "all break even at a hashprice of",
                        ProfitTable.shown(even.hashpriceUsdPerPhDay(), "%,.2f USD/PH/d")))
                .row(List.of("or a bitcoin price of", ProfitTable.shown(even.btcPriceUsd(), "%,.2f USD")))
                .row(List.of("or a difficulty of", ProfitTable.shown(even.networkDifficulty(), "%,.0f")));
    }

    private static TextTable rows(MeritOrder order, Function<MeritOrder.Entry, String> name) {
        TextTable table = new TextTable(
                List.of("NAME", "MINERS", "J/TH", "KW SO FAR", "STRIKE USD/MWH", "POWER USD/MWH", "HEADROOM USD/MWH"),
                NUMBERS);
        for (MeritOrder.Entry entry : order.entries()) {
            table.row(List.of(
                    name.apply(entry),
                    Integer.toString(entry.minerCount()),
                    ProfitTable.shown(entry.efficiencyJPerTh(), "%,.1f") + (entry.powerEstimated() ? "~" : ""),
                    ProfitTable.shown(entry.cumulativePowerW() / W_PER_KW, "%,.2f"),
                    ProfitTable.shown(entry.strikeUsdPerMwh(), "%,.2f"),
                    ProfitTable.shown(entry.tariffUsdPerMwh(), "%,.2f"),
                    ProfitTable.shown(entry.headroomUsdPerMwh(), "%,.2f")));
        }
        return table;
    }
}
