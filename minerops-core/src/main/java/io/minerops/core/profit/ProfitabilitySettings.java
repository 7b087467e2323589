package io.minerops.core.profit;

import io.minerops.api.profit.Tariff;
import java.util.Objects;

/**
 * What an operator says once for all miners.
 *
 * @param defaultTariff the tariff of every miner that has none of its own
 * @param poolFeePct the pool's share, %, 0 to 100
 * @param feesBtcPerBlock transaction fees per block, BTC, 0 to {@value ProfitabilityInputs#MAX_FEES_BTC}
 * @param subsidyBtc new bitcoin per block, BTC, 0 to 50
 */
public record ProfitabilitySettings(
        Tariff defaultTariff, double poolFeePct, double feesBtcPerBlock, double subsidyBtc) {
    public ProfitabilitySettings {
        Objects.requireNonNull(defaultTariff, "defaultTariff");
        ProfitabilityInputs.checkReward(subsidyBtc, feesBtcPerBlock, poolFeePct);
    }

    /** Settings with the subsidy of today, without a pool's fee and without transaction fees. */
    public static ProfitabilitySettings of(Tariff defaultTariff) {
        return new ProfitabilitySettings(defaultTariff, 0, 0, Subsidy.CURRENT_BTC);
    }
}
