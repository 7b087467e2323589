package io.minerops.api.profit;

import io.minerops.api.internal.Check;

/**
 * What electricity costs. It can be negative: some grids pay for taking surplus power, the European day-ahead market
 * down to about -0.50 a kWh. -1 itself is refused, for it is what many systems write for "unknown".
 *
 * @param usdPerKwh USD per kWh, above -1, at most {@value #MAX_USD_PER_KWH}
 */
public record Tariff(double usdPerKwh) {
    /** The highest tariff, USD/kWh. */
    public static final int MAX_USD_PER_KWH = Check.MAX_TARIFF;

    public Tariff {
        Check.tariff("power_cost", usdPerKwh);
    }
}
