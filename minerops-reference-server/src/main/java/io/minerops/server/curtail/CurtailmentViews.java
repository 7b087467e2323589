package io.minerops.server.curtail;

import io.minerops.core.curtail.CurtailmentPlan;
import io.minerops.core.curtail.Saving;
import io.minerops.core.curtail.ShedReport;
import io.minerops.core.curtail.StrikeReport;
import io.minerops.core.service.CurtailmentService.FleetPlan;
import io.minerops.server.http.JsonObject;
import io.minerops.server.rest.view.MinerNames;

/** Plans, backtests and reports as JSON, not rounded. */
record CurtailmentViews(MinerNames names) {
    private static final double KWH_PER_MWH = 1_000;
    private static final double W_PER_KW = 1_000;

    JsonObject plan(FleetPlan fleet) {
        CurtailmentPlan plan = fleet.plan();
        return JsonObject.object()
                .number("revenue_usd_per_th_day", fleet.revenueUsdPerThDay())
                .number("net_usd", plan.netUsd())
                .number("bound_usd", plan.boundUsd())
                .number("demand_charge_saved_usd", plan.demandChargeSavedUsd())
                .object("total", saving(plan.total()))
                .list(
                        "intervals",
                        plan.intervals(),
                        interval -> JsonObject.object()
                                .time("start", interval.start())
                                .number("usd_per_mwh", interval.usdPerKwh() * KWH_PER_MWH)
                                .number("kw", interval.kw())
                                .number("kw_without", interval.kwWithout())
                                .whole("stopped", interval.stopped()))
                .list(
                        "miners",
                        plan.miners(),
                        miner -> JsonObject.object()
                                .text("miner_ip", names.of(names.parse(miner.name())))
                                .list(
                                        "stops",
                                        miner.stops(),
                                        stop -> JsonObject.object()
                                                .time("from", stop.from())
                                                .time("until", stop.until()))
                                .object("saving", saving(miner.saving())))
                .texts("left_out", fleet.leftOut().stream().map(names::of).toList());
    }

    JsonObject backtest(StrikeReport report) {
        StrikeReport.Was was = report.was();
        return JsonObject.object()
                .time("first_hour", report.first())
                .time("last_hour", report.last())
                .object(
                        "was",
                        JsonObject.object()
                                .whole("miner_hours", was.minerHours())
                                .number("energy_kwh", was.energyKwh())
                                .number("energy_usd", was.energyUsd())
                                .number("revenue_usd", was.revenueUsd())
                                .number("estimated_kwh", was.estimatedKwh())
                                .whole("hours_without_readings", was.hoursWithoutReadings())
                                .whole("hours_without_price", was.hoursWithoutPrice())
                                .whole("hours_of_others", was.hoursOfOthers()))
                .object("trial", outcome(report.trial()))
                .object("best", outcome(report.best()))
                .list("outcomes", report.outcomes(), CurtailmentViews::outcome)
                .list(
                        "miners",
                        report.miners(),
                        line -> JsonObject.object()
                                .text("miner_ip", names.of(line.miner()))
                                .object("saving", saving(line.saving())));
    }

    private static JsonObject outcome(StrikeReport.Outcome outcome) {
        return JsonObject.object()
                .number("strike_usd_per_mwh", outcome.strikeUsdPerMwh())
                .object("saving", saving(outcome.saving()));
    }

    static JsonObject saving(Saving saving) {
        return JsonObject.object()
                .number("stopped_hours", saving.stoppedHours())
                .whole("starts", saving.starts())
                .number("energy_kwh", saving.energyKwh())
                .number("energy_usd", saving.energyUsd())
                .number("revenue_usd", saving.revenueUsd())
                .number("net_usd", saving.netUsd());
    }

    static JsonObject report(ShedReport report) {
        return JsonObject.object()
                .time("from", report.event().from())
                .time("until", report.event().until())
                .text("zone", report.event().zone().getId())
                .text("baseline", report.event().method())
                .texts(
                        "baseline_days",
                        report.days().stream().map(String::valueOf).toList())
                .number("shed_kwh", report.shedKwh())
                .list(
                        "intervals",
                        report.intervals(),
                        interval -> JsonObject.object()
                                .time("start", interval.start())
                                .number("baseline_kw", interval.baselineW() / W_PER_KW)
                                .number("actual_kw", interval.actualW() / W_PER_KW)
                                .number("shed_kw", interval.shedW() / W_PER_KW)
                                .whole("measured", interval.measured())
                                .whole("estimated", interval.estimated()))
                .text("hash", report.hash())
                .text("file", report.file());
    }
}
