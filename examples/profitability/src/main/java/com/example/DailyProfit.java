package com.example;

import io.minerops.api.profit.Epoch;
import io.minerops.api.profit.Profitability;
import io.minerops.api.profit.Tariff;
import io.minerops.core.network.CompactBits;
import io.minerops.core.network.EpochTable;
import io.minerops.core.network.Subsidy;
import io.minerops.core.profit.ProfitabilityCalculator;
import io.minerops.core.profit.ProfitabilityInputs;

/** What a miner earns in a day, USD. */
public final class DailyProfit {
    private DailyProfit() {}

    /** Profit of a day: TH/s, W, USD per kWh, USD per bitcoin, and the height that decides difficulty and subsidy. */
    public static double usd(double ths, double watts, double usdPerKwh, double btcUsd, long height) {
        Epoch epoch = EpochTable.shipped().epoch((int) (height / Epoch.BLOCKS)).orElseThrow();
        Profitability day = ProfitabilityCalculator.daily(ProfitabilityInputs.builder()
                .hashrateThs(ths)
                .powerW(watts)
                .tariff(new Tariff(usdPerKwh))
                .btcPriceUsd(btcUsd)
                .networkDifficulty(CompactBits.difficulty(epoch.bits()))
                .subsidyBtc(Subsidy.atHeight(height))
                .build());
        return day.dailyProfitUsd();
    }
}
