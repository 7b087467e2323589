package io.minerops.core.profit;

import io.minerops.api.internal.Check;
import io.minerops.api.profit.Profitability;
import io.minerops.api.profit.Tariff;
import java.util.ArrayList;
import java.util.List;

/**
 * What is earned if price, difficulty and tariff are others: one figure for each combination.
 *
 * @param cells ascending by the order of the tariffs, then of the difficulties, then of the prices that were given
 */
public record SensitivityGrid(List<Cell> cells) {
    /** The lowest change of price or difficulty, %. */
    public static final int MIN_CHANGE_PCT = -99;

    /** The highest change of price or difficulty, %. */
    public static final int MAX_CHANGE_PCT = 1_000;

    private static final double PERCENT = 100;

    public SensitivityGrid {
        cells = List.copyOf(cells);
    }

    /**
     * One combination.
     *
     * @param powerCostUsdPerKwh the tariff, USD/kWh
     * @param difficultyChangePct change of the difficulty against now, %
     * @param priceChangePct change of the price against now, %
     * @param dailyProfitUsd revenue less cost of power, USD a day; negative at a loss
     */
    public record Cell(
            double powerCostUsdPerKwh, double difficultyChangePct, double priceChangePct, double dailyProfitUsd) {}

    /**
     * The grid of these changes.
     *
     * @param now what is so
     * @param tariffs what power costs
     * @param difficultyChangesPct changes of the difficulty, %, each {@value #MIN_CHANGE_PCT} to {@value #MAX_CHANGE_PCT}
     * @param priceChangesPct changes of the price, %, likewise
     * @throws io.minerops.api.InvalidArgumentException if a change is out of its range
     */
    public static SensitivityGrid of(
            ProfitabilityInputs now,
            List<Tariff> tariffs,
            List<Double> difficultyChangesPct,
            List<Double> priceChangesPct) {
        Profitability day = ProfitabilityCalculator.daily(now);
        List<Cell> cells = new ArrayList<>(tariffs.size() * difficultyChangesPct.size() * priceChangesPct.size());
        for (Tariff tariff : tariffs) {
            double cost = day.dailyPowerKwh() * tariff.usdPerKwh();
            for (double difficulty : difficultyChangesPct) {
                for (double price : priceChangesPct) {
                    double revenue = day.estimatedRevenueUsdPerDay()
                            * factor("price_change_pct", price)
                            / factor("difficulty_change_pct", difficulty);
                    cells.add(new Cell(tariff.usdPerKwh(), difficulty, price, revenue - cost));
                }
            }
        }
        return new SensitivityGrid(cells);
    }

    private static double factor(String argument, double changePct) {
        return 1 + Check.between(argument, changePct, MIN_CHANGE_PCT, MAX_CHANGE_PCT) / PERCENT;
    }
}
