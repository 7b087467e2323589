package io.minerops.server.statement;

import io.minerops.core.statement.Statement;
import io.minerops.core.statement.StatementReport;
import io.minerops.core.statement.StatementRequest;
import io.minerops.core.statement.Waterfall;
import io.minerops.server.cli.TextTable;
import io.minerops.server.rest.view.MinerNames;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A statement as text: the total line by line, its waterfall, what is estimated, and a row for each group. */
final class StatementTable {
    private static final Set<Integer> NUMBERS = Set.of(1, 2, 3, 4, 5, 6, 7, 8);
    private static final double PERCENT = 100;
    /** Shares that a person would not see in two decimals. */
    private static final double NEGLIGIBLE = 0.000_05;

    private StatementTable() {}

    static String of(StatementReport report, MinerNames names) {
        String end = System.lineSeparator();
        StringBuilder text = new StringBuilder()
                .append(total(report))
                .append(end)
                .append(waterfall(report.total()))
                .append(end)
                .append(estimates(report.total().estimates()));
        if (!report.groups().isEmpty()) {
            text.append(end).append(groups(report, names));
        }
        return text.toString();
    }

    private static TextTable total(StatementReport report) {
        Statement total = report.total();
        Statement.Money money = total.money();
        String head = report.request().period().name() + ", "
                + report.request().period().zone() + (report.complete() ? "" : ", up to " + report.until());
        String miners = total.miners() + (total.miners() == 1 ? " miner" : " miners");
        return new TextTable(List.of(head, miners), Set.of(1))
                .row(List.of("energy", shown(total.kwh(), "%,.1f kWh")))
                .row(List.of("uptime (without stops)", percent(total.time().uptime())))
                .row(List.of("availability (with stops)", percent(total.time().availability())))
                .row(List.of(
                        "mined, expected", StatementView.sum(total.waterfall().rounded()) + " BTC"))
                .row(List.of(
                        "mined, proven",
                        total.proven().seconds() == 0
                                ? "-"
                                : Waterfall.btc(total.proven().btc()) + " ± "
                                        + Waterfall.btc(total.proven().deviationBtc()) + " BTC"))
                .row(List.of("revenue", usd(money.revenueUsd())))
                .row(List.of("power", usd(money.costUsd())))
                .row(List.of("profit", usd(money.profitUsd())));
    }

    private static TextTable waterfall(Statement total) {
        TextTable table = new TextTable(List.of("FROM NAMEPLATE TO EARNED", "BTC", "USD"), NUMBERS);
        for (Waterfall.Rounded line : total.waterfall().rounded()) {
            table.row(List.of(line.step().key().replace('_', ' '), line.btc().toPlainString(), cents(line.usd())));
        }
        return table.row(List.of(
                "earned",
                StatementView.sum(total.waterfall().rounded()).toPlainString(),
                cents(total.money().revenueUsd())));
    }

    private static String estimates(Statement.Estimates of) {
        Map<String, Double> shares = new LinkedHashMap<>();
        shares.put("time without data", of.noData());
        shares.put("energy by nominal power", of.powerEstimated());
        shares.put("time without power", of.powerUnknown());
        shares.put("energy without tariff", of.tariffUnknown());
        shares.put("revenue by the price of another time", of.priceAssumed());
        shares.put("production without price", of.priceUnknown());
        shares.put("work by the difficulty of another time", of.difficultyAssumed());
        shares.put("work without difficulty", of.difficultyUnknown());
        shares.put("work by fees of another time", of.feesAssumed());
        shares.put("time without nominal hashrate", of.nominalUnknown());
        shares.put("work without counts of shares", of.rejectsUnknown());
        TextTable table = new TextTable(List.of("ESTIMATED OR UNKNOWN", ""), Set.of(1));
        List<String> none = new ArrayList<>();
        shares.forEach((what, share) -> {
            if (share > NEGLIGIBLE) {
                table.row(List.of(what, percent(share)));
            } else {
                none.add(what);
            }
        });
        return none.size() == shares.size() ? "nothing estimated" + System.lineSeparator() : table.toString();
    }

    private static TextTable groups(StatementReport report, MinerNames names) {
        StatementRequest.By by = StatementView.by(report.request());
        String head = by == null ? "" : by.key().toUpperCase(Locale.ROOT);
        TextTable table = new TextTable(
                List.of(head, "MINERS", "KWH", "UPTIME", "BTC", "PROVEN BTC", "REVENUE USD", "COST USD", "PROFIT USD"),
                NUMBERS);
        for (Statement group : report.groups()) {
            String name = group.name();
            table.row(List.of(
                    name == null ? "(none)" : new StatementView(names).shown(name, by),
                    Integer.toString(group.miners()),
                    shown(group.kwh(), "%,.1f"),
                    percent(group.time().uptime()),
                    StatementView.sum(group.waterfall().rounded()).toPlainString(),
                    Waterfall.btc(group.proven().btc()).toPlainString(),
                    cents(group.money().revenueUsd()),
                    cents(group.money().costUsd()),
                    cents(group.money().profitUsd())));
        }
        return table;
    }

    private static String percent(double share) {
        return shown(share * PERCENT, "%.2f %%");
    }

    private static String usd(@Nullable BigDecimal amount) {
        return amount == null ? "-" : cents(amount) + " USD";
    }

    private static String cents(@Nullable BigDecimal amount) {
        return amount == null ? "-" : String.format(Locale.ROOT, "%,.2f", amount);
    }

    private static String shown(double value, String format) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }
}
