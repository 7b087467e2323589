package io.minerops.server.rest.view;

import io.minerops.core.profit.BlockReward;
import io.minerops.core.profit.FleetProfitability;
import io.minerops.core.profit.ProfitabilityInputs;
import io.minerops.core.profit.Projection;
import io.minerops.core.profit.SensitivityGrid;
import io.minerops.core.profit.SoloOdds;
import io.minerops.server.http.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How projections, sensitivity grids and solo odds are shown.
 *
 * @param figures what is earned now
 * @param reward what the next block brings
 */
public record OutlookView(FleetProfitability figures, BlockReward reward) {
    private static final double MILLIS_PER_DAY = 86_400_000;

    /**
     * What a machine or a fleet was bought for and is sold for.
     *
     * @param priceUsd what was paid, USD, above 0; null where that is not known
     * @param resaleUsd what it is worth at the end, USD, 0 or more
     */
    public record Purchase(@Nullable Double priceUsd, double resaleUsd) {}

    private JsonObject head() {
        ProfitabilityInputs now = figures.inputs();
        return JsonObject.ok()
                .time("timestamp", figures.fleet().at())
                .whole("miner_count", figures.fleet().minerCount())
                .number("hashrate_ths", now.hashrateThs())
                .number("btc_price_usd", now.btcPriceUsd())
                .number("network_difficulty", now.networkDifficulty())
                .object("block_reward", Views.blockReward(reward));
    }

    private JsonObject headWithPower() {
        ProfitabilityInputs now = figures.inputs();
        return head().number("power_w", now.powerW())
                .flag("power_estimated", figures.fleet().powerEstimated())
                .whole("without_power_count", figures.withoutPower().size())
                .number("power_cost_usd_per_kwh", now.tariff().usdPerKwh())
                .object("payout", Views.payout(figures));
    }

    /** A projection by month. */
    public JsonObject projection(Projection projection, Projection.Assumptions assumed, Purchase purchase) {
        Double paid = purchase.priceUsd();
        OptionalDouble payback = paid == null ? OptionalDouble.empty() : projection.paybackDays(paid);
        return headWithPower()
                .number("difficulty_growth_pct", assumed.difficultyGrowthPct())
                .number("price_growth_pct", assumed.priceGrowthPct())
                .number("purchase_price_usd", paid)
                .number("resale_price_usd", purchase.resaleUsd())
                .number("payback_days", payback.isPresent() ? payback.getAsDouble() : null)
                .time("payback_at", payback.isPresent() ? after(assumed.start(), payback.getAsDouble()) : null)
                .number("roi_pct", paid == null ? null : projection.returnPct(paid, purchase.resaleUsd()))
                .object("total", total(projection))
                .whole("count", projection.months().size())
                .list("months", months(projection, paid == null ? 0 : paid), month -> month);
    }

    private static Instant after(Instant start, double days) {
        return start.plusMillis(Math.round(days * MILLIS_PER_DAY));
    }

    private static JsonObject total(Projection projection) {
        List<Projection.Month> months = projection.months();
        return JsonObject.object()
                .number(
                        "btc",
                        months.stream().mapToDouble(Projection.Month::btc).sum())
                .number(
                        "revenue_usd",
                        months.stream()
                                .mapToDouble(Projection.Month::revenueUsd)
                                .sum())
                .number(
                        "power_kwh",
                        months.stream().mapToDouble(Projection.Month::powerKwh).sum())
                .number(
                        "power_cost_usd",
                        months.stream()
                                .mapToDouble(Projection.Month::powerCostUsd)
                                .sum())
                .number("profit_usd", projection.profitUsd());
    }

    private static List<JsonObject> months(Projection projection, double paidUsd) {
        List<JsonObject> views = new ArrayList<>();
        double balance = -paidUsd;
        for (Projection.Month month : projection.months()) {
            balance += month.profitUsd();
            views.add(JsonObject.object()
                    .text("month", month.month().toString())
                    .number("days", month.days())
                    .number("network_difficulty", month.networkDifficulty())
                    .number("btc_price_usd", month.btcPriceUsd())
                    .number("subsidy_btc", month.subsidyBtc())
                    .number("btc", month.btc())
                    .number("revenue_usd", month.revenueUsd())
                    .number("power_kwh", month.powerKwh())
                    .number("power_cost_usd", month.powerCostUsd())
                    .number("profit_usd", month.profitUsd())
                    .number("balance_usd", balance));
        }
        return views;
    }

    /** A sensitivity grid. */
    public JsonObject sensitivity(SensitivityGrid grid) {
        ProfitabilityInputs now = figures.inputs();
        return headWithPower()
                .number("daily_profit_usd", figures.fleet().profitability().dailyProfitUsd())
                .whole("count", grid.cells().size())
                .list(
                        "cells",
                        grid.cells(),
                        cell -> JsonObject.object()
                                .number("power_cost_usd_per_kwh", cell.powerCostUsdPerKwh())
                                .number("difficulty_change_pct", cell.difficultyChangePct())
                                .number("price_change_pct", cell.priceChangePct())
                                .number(
                                        "network_difficulty",
                                        changed(now.networkDifficulty(), cell.difficultyChangePct()))
                                .number("btc_price_usd", changed(now.btcPriceUsd(), cell.priceChangePct()))
                                .number("daily_profit_usd", cell.dailyProfitUsd()));
    }

    private static double changed(double value, double changePct) {
        return value + value * changePct / 100;
    }

    /** The odds of finding blocks alone. */
    public JsonObject solo(Duration period) {
        ProfitabilityInputs now = figures.inputs();
        SoloOdds odds = SoloOdds.within(now.hashrateThs(), now.networkDifficulty(), period);
        Optional<Duration> even = SoloOdds.evenAfter(now.hashrateThs(), now.networkDifficulty());
        return head().number("days", period.toMillis() / MILLIS_PER_DAY)
                .number("expected_blocks", odds.expectedBlocks())
                .number("probability_of_block", odds.atLeastOne())
                .number(
                        "even_after_days",
                        even.map(time -> time.toMillis() / MILLIS_PER_DAY).orElse(null))
                .number("expected_btc", odds.expectedBlocks() * (reward.subsidyBtc() + reward.feesBtc()));
    }
}
