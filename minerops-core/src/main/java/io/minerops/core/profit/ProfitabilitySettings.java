package io.minerops.core.profit;

import io.minerops.api.profit.Tariff;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * What an operator says once for all miners.
 *
 * @param defaultTariff the tariff of every miner that has none of its own
 * @param payout what of the work done is paid for
 * @param feesBtcPerBlock transaction fees per block where no source gives them, BTC, 0 to
 *     {@value ProfitabilityInputs#MAX_FEES_BTC}
 * @param prices the tariffs by the hour; called once for each evaluation, so that they can be replaced meanwhile
 * @param hashrate which hashrate of a miner counts
 */
public record ProfitabilitySettings(
        Tariff defaultTariff,
        PayoutTerms payout,
        double feesBtcPerBlock,
        Supplier<PowerPrices> prices,
        HashrateInput hashrate) {
    // One value, so that two settings without such tariffs are equal.
    @SuppressWarnings("UnnecessaryLambda")
    private static final Supplier<PowerPrices> NO_PRICES = () -> PowerPrices.NONE;

    public ProfitabilitySettings {
        Objects.requireNonNull(defaultTariff, "defaultTariff");
        Objects.requireNonNull(payout, "payout");
        Objects.requireNonNull(prices, "prices");
        Objects.requireNonNull(hashrate, "hashrate");
        ProfitabilityInputs.checkReward(0, feesBtcPerBlock, payout.poolFeePct());
    }

    /** Settings by which the claimed hashrate counts. */
    public ProfitabilitySettings(
            Tariff defaultTariff, double poolFeePct, double feesBtcPerBlock, Supplier<PowerPrices> prices) {
        this(
                defaultTariff,
                PayoutTerms.FULL.withPoolFeePct(poolFeePct),
                feesBtcPerBlock,
                prices,
                HashrateInput.CLAIMED);
    }

    /** The fees of a block that reach the miners before the pool's fee, BTC: all or none, by the scheme of the payout. */
    public double paidFeesBtc(double feesBtc) {
        return payout.scheme().paysFees() ? feesBtc : 0;
    }

    /** The same with another hashrate. */
    public ProfitabilitySettings withHashrate(HashrateInput counted) {
        return new ProfitabilitySettings(defaultTariff, payout, feesBtcPerBlock, prices, counted);
    }

    /** Settings without tariffs by the hour. */
    public ProfitabilitySettings(Tariff defaultTariff, double poolFeePct, double feesBtcPerBlock) {
        this(defaultTariff, poolFeePct, feesBtcPerBlock, NO_PRICES);
    }

    /** Settings without a pool's fee and without transaction fees. */
    public static ProfitabilitySettings of(Tariff defaultTariff) {
        return new ProfitabilitySettings(defaultTariff, 0, 0);
    }
}
