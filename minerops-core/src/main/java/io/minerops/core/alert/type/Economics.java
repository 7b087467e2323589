package io.minerops.core.alert.type;

import io.minerops.api.internal.Check;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.core.profit.PowerPrices;
import org.jspecify.annotations.Nullable;

/**
 * What hashrate earns and power costs at the time of a check.
 *
 * @param revenueUsdPerThDay what 1 TH/s earns in a day after the pool's share, USD, 0 or more
 * @param tariffUsdPerKwh what a kWh costs where a miner has no tariff of its own, USD
 * @param prices the tariffs by the hour at the time of the check; null where there are none
 */
public record Economics(double revenueUsdPerThDay, double tariffUsdPerKwh, PowerPrices.@Nullable Now prices) {
    public Economics {
        Check.atLeast("revenue_usd_per_th_day", revenueUsdPerThDay, 0);
    }

    /** Economics without tariffs by the hour. */
    public Economics(double revenueUsdPerThDay, double tariffUsdPerKwh) {
        this(revenueUsdPerThDay, tariffUsdPerKwh, null);
    }

    /** What a kWh costs the miner of a row, USD: by its own price, else by its tariff at the time of the check. */
    public double powerUsdPerKwh(FleetSnapshot snapshot, int row) {
        if (prices != null) {
            return prices.usdPerKwh(snapshot.roster(), row);
        }
        Double own = snapshot.miner(row).powerPriceUsdPerKwh();
        return own == null ? tariffUsdPerKwh : own;
    }
}
