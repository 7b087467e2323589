package io.minerops.server.statement;

import io.minerops.api.miner.MinerAddress;
import io.minerops.core.statement.Statement;
import io.minerops.core.statement.StatementPeriod;
import io.minerops.core.statement.StatementReport;
import io.minerops.core.statement.StatementRequest;
import io.minerops.core.statement.Waterfall;
import io.minerops.core.work.Uptime;
import io.minerops.server.http.JsonObject;
import io.minerops.server.rest.view.MinerNames;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement as JSON. Money and bitcoin are rounded here, once.
 *
 * @param names how miners are named
 */
record StatementView(MinerNames names) {
    private static final double PERCENT = 100;

    JsonObject report(StatementReport report) {
        StatementRequest request = report.request();
        StatementPeriod period = request.period();
        StatementRequest.By by = by(request);
        return JsonObject.ok()
                .object(
                        "period",
                        JsonObject.object()
                                .text("kind", period.kind().key())
                                .text("of", period.name())
                                .text("zone", period.zone().getId())
                                .time("from", period.from())
                                .time("until", period.until())
                                .text("previous", period.previous().name())
                                .text("next", period.next().name()))
                .time("until", report.until())
                .flag("complete", report.complete())
                .text("by", by == null ? null : by.key())
                .text("name", request.name() == null ? null : shown(request.name(), request.by()))
                .object("total", statement(report.total(), request.by()))
                .list("groups", report.groups(), group -> statement(group, by))
                .list("parts", report.parts(), part -> statement(part, null));
    }

    /** By what the groups of the answer are; null where there are none. */
    static StatementRequest.@Nullable By by(StatementRequest request) {
        return request.name() == null ? request.by() : StatementRequest.By.MINER;
    }

    String shown(String name, StatementRequest.@Nullable By by) {
        return by == StatementRequest.By.MINER ? names.of(MinerAddress.of(name)) : name;
    }

    private JsonObject statement(Statement statement, StatementRequest.@Nullable By by) {
        Statement.Money money = statement.money();
        Uptime time = statement.time();
        String name = statement.name();
        return JsonObject.object()
                .text("name", name == null ? null : shown(name, by))
                .whole("miner_count", statement.miners())
                .time("from", statement.from())
                .time("until", statement.until())
                .number("revenue_usd", number(money.revenueUsd()))
                .number("cost_usd", number(money.costUsd()))
                .number("profit_usd", number(money.profitUsd()))
                .number("btc_expected", number(sum(statement.waterfall().rounded())))
                .number("btc_proven", Waterfall.btc(statement.proven().btc()).doubleValue())
                .number(
                        "btc_proven_deviation",
                        Waterfall.btc(statement.proven().deviationBtc()).doubleValue())
                .number("energy_kwh", statement.kwh())
                .number("work_th", statement.workTh())
                .number("proven_work_th", statement.proven().workTh())
                .number("proven_s", statement.proven().seconds())
                .number("uptime_pct", time.uptime() * PERCENT)
                .number("availability_pct", time.availability() * PERCENT)
                .number("mining_s", time.miningS())
                .number("stopped_s", time.stoppedS())
                .number("down_s", time.downS())
                .number("offline_s", time.offlineS())
                .number("no_data_s", time.unknownS() + time.unobservedS())
                .list("waterfall", statement.waterfall().rounded(), StatementView::line)
                .object("estimates", estimates(statement.estimates()));
    }

    static BigDecimal sum(List<Waterfall.Rounded> lines) {
        return lines.stream().map(Waterfall.Rounded::btc).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static JsonObject line(Waterfall.Rounded line) {
        return JsonObject.object()
                .text("step", line.step().key())
                .number("btc", number(line.btc()))
                .number("usd", number(line.usd()));
    }

    private static JsonObject estimates(Statement.Estimates of) {
        return JsonObject.object()
                .number("no_data_pct", of.noData() * PERCENT)
                .number("power_estimated_pct", of.powerEstimated() * PERCENT)
                .number("power_unknown_pct", of.powerUnknown() * PERCENT)
                .number("tariff_unknown_pct", of.tariffUnknown() * PERCENT)
                .number("price_assumed_pct", of.priceAssumed() * PERCENT)
                .number("price_unknown_pct", of.priceUnknown() * PERCENT)
                .number("difficulty_assumed_pct", of.difficultyAssumed() * PERCENT)
                .number("difficulty_unknown_pct", of.difficultyUnknown() * PERCENT)
                .number("fees_assumed_pct", of.feesAssumed() * PERCENT)
                .number("nominal_unknown_pct", of.nominalUnknown() * PERCENT)
                .number("rejects_unknown_pct", of.rejectsUnknown() * PERCENT);
    }

    private static @Nullable Double number(@Nullable BigDecimal value) {
        return value == null ? null : value.doubleValue();
    }
}
