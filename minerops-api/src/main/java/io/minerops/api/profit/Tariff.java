package io.minerops.api.profit;

import io.minerops.api.InvalidArgumentException;

/**
 * What electricity costs. It can be negative: some grids pay for taking surplus power, the European day-ahead market
 * down to about -0.50 a kWh. -1 itself is refused, for it is what many systems write for "unknown".
 *
 * @param usdPerKwh USD per kWh, above -1, at most {@value #MAX_USD_PER_KWH}
 */
public record Tariff(double usdPerKwh) {
    /** The highest tariff, USD/kWh. */
    public static final int MAX_USD_PER_KWH = 1_000;

    public Tariff {
        if (!(usdPerKwh > -1 && usdPerKwh <= MAX_USD_PER_KWH)) {
            throw new InvalidArgumentException(
                    "power_cost", "power_cost must be above -1 and at most " + MAX_USD_PER_KWH + ", not " + usdPerKwh);
        }
    }
}
