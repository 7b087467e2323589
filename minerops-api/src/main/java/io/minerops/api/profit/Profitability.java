package io.minerops.api.profit;

import org.jspecify.annotations.Nullable;

/**
 * What a miner or a fleet earns in a day, and the figures used.
 *
 * @param btcPriceUsd price of a bitcoin, USD
 * @param networkDifficulty difficulty of the network
 * @param hashrateThs hashrate, TH/s, 0 or more
 * @param powerW power, W, 0 or more
 * @param powerCostUsdPerKwh tariff, USD/kWh; of a fleet, the mean weighted by power
 * @param dailyPowerKwh energy of a day, kWh
 * @param dailyPowerCostUsd cost of that energy, USD
 * @param estimatedBtcPerDay expected production of a day after the pool's fee, BTC
 * @param estimatedRevenueUsdPerDay its worth, USD
 * @param dailyProfitUsd revenue less cost of energy, USD; negative at a loss
 * @param profitMarginPct profit per revenue, %; null without revenue
 * @param breakEvenBtcPrice the price at which profit is 0, USD; null without production
 * @param efficiencyJPerTh energy per work, J/TH; null without hashrate
 * @param hashpriceUsdPerPhDay revenue per hashrate, USD per PH/s and day; null without hashrate
 */
public record Profitability(
        double btcPriceUsd,
        double networkDifficulty,
        double hashrateThs,
        double powerW,
        double powerCostUsdPerKwh,
        double dailyPowerKwh,
        double dailyPowerCostUsd,
        double estimatedBtcPerDay,
        double estimatedRevenueUsdPerDay,
        double dailyProfitUsd,
        @Nullable Double profitMarginPct,
        @Nullable Double breakEvenBtcPrice,
        @Nullable Double efficiencyJPerTh,
        @Nullable Double hashpriceUsdPerPhDay) {
    /** Days of a month, as the field counts them. */
    public static final int DAYS_PER_MONTH = 30;

    /** Days of a year, as the field counts them. */
    public static final int DAYS_PER_YEAR = 365;

    /** Profit of {@value #DAYS_PER_MONTH} such days, USD. */
    public double monthlyProfitUsd() {
        return dailyProfitUsd * DAYS_PER_MONTH;
    }

    /** Profit of {@value #DAYS_PER_YEAR} such days, USD. */
    public double yearlyProfitUsd() {
        return dailyProfitUsd * DAYS_PER_YEAR;
    }

    /** Production of {@value #DAYS_PER_MONTH} such days, BTC. */
    public double monthlyBtc() {
        return estimatedBtcPerDay * DAYS_PER_MONTH;
    }

    /** Production of {@value #DAYS_PER_YEAR} such days, BTC. */
    public double yearlyBtc() {
        return estimatedBtcPerDay * DAYS_PER_YEAR;
    }
}
