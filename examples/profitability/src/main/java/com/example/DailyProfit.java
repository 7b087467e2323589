package com.example;

import io.minerops.api.profit.Profitability;
import io.minerops.api.profit.Tariff;
import io.minerops.core.profit.ProfitabilityCalculator;
import io.minerops.core.profit.ProfitabilityInputs;

/** What a miner earns in a day, USD. */
public final class DailyProfit {
    private DailyProfit() {}

    /** Profit of a day at these figures: TH/s, W, USD per kWh, USD per bitcoin, difficulty. */
    public static double usd(double ths, double watts, double usdPerKwh, double btcUsd, double difficulty) {
        Profitability day = ProfitabilityCalculator.daily(ProfitabilityInputs.builder()
                .hashrateThs(ths)
                .powerW(watts)
                .tariff(new Tariff(usdPerKwh))
                .btcPriceUsd(btcUsd)
                .networkDifficulty(difficulty)
                .build());
        return day.dailyProfitUsd();
    }
}
