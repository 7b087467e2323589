package io.minerops.core.profit;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;

/**
 * The power price at which mining earns exactly what its power costs, USD/MWh. Above it a miner loses money in every
 * hour in which it runs.
 *
 * <p>strike price = hashprice / energy per hashrate and day. One PH/s of {@code e} J/TH draws {@code e} kW, so it needs
 * {@code e × 24} kWh a day:
 *
 * <pre>{@code
 * StrikePrice.usdPerMwh(17, 39.53); // 96.9 USD/MWh
 * }</pre>
 */
public final class StrikePrice {
    private static final double HOURS_PER_DAY = 24;
    private static final double KWH_PER_MWH = 1_000;

    private StrikePrice() {}

    /**
     * The strike price of a machine at a hashprice, USD/MWh.
     *
     * @param efficiencyJPerTh energy per work, J/TH, above 0
     * @param hashpriceUsdPerPhDay revenue per hashrate after the pool's fee, USD per PH/s and day, 0 or more
     * @throws InvalidArgumentException if a figure is out of its range
     */
    public static double usdPerMwh(double efficiencyJPerTh, double hashpriceUsdPerPhDay) {
        Check.absentOrPositive("efficiency_j_per_th", efficiencyJPerTh);
        Check.atLeast("hashprice_usd_per_ph_day", hashpriceUsdPerPhDay, 0);
        return hashpriceUsdPerPhDay / (efficiencyJPerTh * HOURS_PER_DAY) * KWH_PER_MWH;
    }

    /**
     * The efficiency at which a machine breaks even, J/TH: the inverse of {@link #usdPerMwh}. A machine that needs more
     * energy per work loses money.
     *
     * @param powerUsdPerMwh power price, USD/MWh, above 0 (at or below 0 every machine earns)
     * @param hashpriceUsdPerPhDay revenue per hashrate after the pool's fee, USD per PH/s and day, 0 or more
     * @throws InvalidArgumentException if a figure is out of its range
     */
    public static double efficiencyJPerTh(double powerUsdPerMwh, double hashpriceUsdPerPhDay) {
        Check.absentOrPositive("power_usd_per_mwh", powerUsdPerMwh);
        Check.atLeast("hashprice_usd_per_ph_day", hashpriceUsdPerPhDay, 0);
        return hashpriceUsdPerPhDay / (powerUsdPerMwh * HOURS_PER_DAY) * KWH_PER_MWH;
    }
}
