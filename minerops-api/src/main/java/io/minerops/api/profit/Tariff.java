package io.minerops.api.profit;

import io.minerops.api.internal.Check;

/**
 * What electricity costs.
 *
 * @param usdPerKwh USD per kWh, 0 to 1,000
 */
public record Tariff(double usdPerKwh) {
    public Tariff {
        Check.between("power_cost", usdPerKwh, 0, 1_000);
    }
}
