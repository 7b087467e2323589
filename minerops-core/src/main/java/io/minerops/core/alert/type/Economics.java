package io.minerops.core.alert.type;

import io.minerops.api.internal.Check;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.core.profit.PowerPrices;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What hashrate earns and power costs at the time of a check.
 *
 * @param revenueUsdPerThDay what 1 TH/s earns in a day after the pool's share, USD, 0 or more
 * @param tariffUsdPerKwh what a kWh costs where a miner has no tariff of its own, USD
 * @param prices the tariffs by the hour at the time of the check; null where there are none
 * @param basis the market behind the revenue; null where it is not known
 */
public record Economics(
        double revenueUsdPerThDay,
        double tariffUsdPerKwh,
        PowerPrices.@Nullable Now prices,
        @Nullable Basis basis) {
    public Economics {
        Check.atLeast("revenue_usd_per_th_day", revenueUsdPerThDay, 0);
    }

    /** Economics without tariffs by the hour. */
    public Economics(double revenueUsdPerThDay, double tariffUsdPerKwh) {
        this(revenueUsdPerThDay, tariffUsdPerKwh, null, null);
    }

    /** What a kWh costs the miner of a row, USD: by its own price, else by its tariff at the time of the check. */
    public double powerUsdPerKwh(FleetSnapshot snapshot, int row) {
        if (prices != null) {
            return prices.usdPerKwh(snapshot.roster(), row);
        }
        Double own = snapshot.miner(row).powerPriceUsdPerKwh();
        return own == null ? tariffUsdPerKwh : own;
    }

    /** Whether the price of a bitcoin is not known for the time: stale, or that of another time. */
    public boolean priceAssumed() {
        return basis != null && basis.assumed().contains(Assumed.PRICE);
    }

    /** A figure of the market that is not known for the time, and stands for it all the same. */
    public enum Assumed {
        /** The price is stale, or that of the nearest time of which one is stored. */
        PRICE,
        /** The difficulty is stale, or that of now. */
        DIFFICULTY,
        /** The transaction fees are those of now, or of the settings. */
        FEES
    }

    /**
     * The market of a time.
     *
     * @param btcPriceUsd price of a bitcoin, USD, above 0; NaN where none is known, which only statements see
     * @param networkDifficulty difficulty of the network, above 0
     * @param subsidyBtc new bitcoin of a block, BTC, 0 or more
     * @param feesBtcPerBlock mean transaction fees of a block, BTC, 0 or more
     * @param poolFeePct the pool's share, %, 0 to 100
     * @param assumed what of these is not known for the time
     */
    public record Basis(
            double btcPriceUsd,
            double networkDifficulty,
            double subsidyBtc,
            double feesBtcPerBlock,
            double poolFeePct,
            Set<Assumed> assumed) {
        private static final double HASHES_PER_DIFFICULTY = 1L << 32;
        private static final double HASHES_PER_TERAHASH = 1e12;

        public Basis {
            assumed = Set.copyOf(assumed);
        }

        /** The expected part of a block for each TH of work, without unit, above 0. */
        public double blocksPerTh() {
            return HASHES_PER_TERAHASH / (networkDifficulty * HASHES_PER_DIFFICULTY);
        }

        /** What each TH of work brings after the pool's share, BTC, 0 or more. */
        public double btcPerTh() {
            return blocksPerTh() * (subsidyBtc + feesBtcPerBlock) * (1 - poolFeePct / 100);
        }
    }
}
