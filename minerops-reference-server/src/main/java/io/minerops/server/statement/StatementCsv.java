package io.minerops.server.statement;

import io.minerops.core.statement.Statement;
import io.minerops.core.statement.StatementReport;
import io.minerops.core.statement.Waterfall;
import io.minerops.server.rest.view.MinerNames;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A statement as CSV (RFC 4180): a line for the total, for each group and for each part. Names are texts of users: they are
 * quoted, and one that a spreadsheet would take as a formula begins with an apostrophe.
 */
final class StatementCsv {
    static final String MEDIA_TYPE = "text/csv; charset=utf-8; header=present";

    private static final String LINE_END = "\r\n";
    private static final double PERCENT = 100;

    private final StatementView view;
    private final StringBuilder text = new StringBuilder();

    private StatementCsv(MinerNames names) {
        view = new StatementView(names);
    }

    static String of(StatementReport report, MinerNames names) {
        StatementCsv csv = new StatementCsv(names);
        csv.header();
        csv.line("total", report.request().name(), report.total());
        report.groups().forEach(group -> {
            String name = group.name();
            csv.line("group", name == null ? null : csv.view.shown(name, StatementView.by(report.request())), group);
        });
        report.parts().forEach(part -> csv.line("part", null, part));
        return csv.text.toString();
    }

    private void header() {
        text.append("line,name,from,until,miner_count,revenue_usd,cost_usd,profit_usd,btc_expected,btc_proven,")
                .append(
                        "btc_proven_deviation,energy_kwh,work_th,proven_work_th,uptime_pct,availability_pct,no_data_pct,")
                .append("power_estimated_pct,power_unknown_pct,tariff_unknown_pct,price_assumed_pct,price_unknown_pct,")
                .append("difficulty_assumed_pct,difficulty_unknown_pct");
        for (Waterfall.Step step : Waterfall.Step.values()) {
            text.append(',')
                    .append(step.key())
                    .append("_btc,")
                    .append(step.key())
                    .append("_usd");
        }
        text.append(LINE_END);
    }

    private void line(String kind, @Nullable String name, Statement of) {
        Statement.Money money = of.money();
        Statement.Estimates estimates = of.estimates();
        List<Waterfall.Rounded> lines = of.waterfall().rounded();
        List<String> fields = new ArrayList<>(List.of(
                kind,
                name == null ? "" : quoted(name),
                of.from().toString(),
                of.until().toString(),
                Integer.toString(of.miners()),
                plain(money.revenueUsd()),
                plain(money.costUsd()),
                plain(money.profitUsd()),
                plain(StatementView.sum(lines)),
                plain(Waterfall.btc(of.proven().btc())),
                plain(Waterfall.btc(of.proven().deviationBtc())),
                number(of.kwh()),
                number(of.workTh()),
                number(of.proven().workTh()),
                number(of.time().uptime() * PERCENT),
                number(of.time().availability() * PERCENT),
                number(estimates.noData() * PERCENT),
                number(estimates.powerEstimated() * PERCENT),
                number(estimates.powerUnknown() * PERCENT),
                number(estimates.tariffUnknown() * PERCENT),
                number(estimates.priceAssumed() * PERCENT),
                number(estimates.priceUnknown() * PERCENT),
                number(estimates.difficultyAssumed() * PERCENT),
                number(estimates.difficultyUnknown() * PERCENT)));
        for (Waterfall.Rounded step : lines) {
            fields.add(plain(step.btc()));
            fields.add(plain(step.usd()));
        }
        text.append(String.join(",", fields)).append(LINE_END);
    }

    private static String plain(@Nullable BigDecimal value) {
        return value == null ? "" : value.toPlainString();
    }

    /** Three decimals; an unknown value is an empty field. */
    private static String number(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.3f", value);
    }

    private static String quoted(String name) {
        boolean formula = !name.isEmpty() && "=+-@\t\r".indexOf(name.charAt(0)) >= 0;
        return '"' + (formula ? "'" : "") + name.replace("\"", "\"\"") + '"';
    }
}
