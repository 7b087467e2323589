package io.minerops.core.alert.type;

import io.minerops.api.internal.Check;

/**
 * What hashrate earns and power costs at the time of a check.
 *
 * @param revenueUsdPerThDay what 1 TH/s earns in a day after the pool's share, USD, 0 or more
 * @param tariffUsdPerKwh what a kWh costs where a miner has no tariff of its own, USD
 */
public record Economics(double revenueUsdPerThDay, double tariffUsdPerKwh) {
    public Economics {
        Check.atLeast("revenue_usd_per_th_day", revenueUsdPerThDay, 0);
    }
}
