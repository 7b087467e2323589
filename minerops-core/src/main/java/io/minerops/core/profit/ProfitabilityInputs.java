package io.minerops.core.profit;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import io.minerops.api.profit.Tariff;
import io.minerops.core.network.Subsidy;
import org.jspecify.annotations.Nullable;

/**
 * All that a day's profit depends on.
 *
 * @param hashrateThs hashrate, TH/s, 0 to {@value #MAX_HASHRATE_THS}
 * @param powerW power, W, 0 to {@value #MAX_POWER_W}
 * @param tariff what the power costs
 * @param btcPriceUsd price of a bitcoin, USD, above 0, at most {@value #MAX_PRICE_USD}
 * @param networkDifficulty difficulty of the network, above 0, at most {@value #MAX_DIFFICULTY}
 * @param subsidyBtc new bitcoin per block, BTC, 0 to 50
 * @param networkFeesBtcPerBlock transaction fees per block, BTC, 0 to {@value #MAX_FEES_BTC}
 * @param poolFeePct the pool's share, %, 0 to 100
 * @param uptime the share of the day that the miner runs, 0 to 1; scales production and energy alike
 * @param rejectedPct the share of the work that the pool rejects or that comes too late, %, 0 to 100
 */
public record ProfitabilityInputs(
        double hashrateThs,
        double powerW,
        Tariff tariff,
        double btcPriceUsd,
        double networkDifficulty,
        double subsidyBtc,
        double networkFeesBtcPerBlock,
        double poolFeePct,
        double uptime,
        double rejectedPct) {
    /** The highest hashrate, TH/s: a thousand million times the network of 2026. */
    public static final double MAX_HASHRATE_THS = 1e18;

    /** The highest power, W. */
    public static final double MAX_POWER_W = 1e18;

    /** The highest price of a bitcoin, USD. */
    public static final double MAX_PRICE_USD = 1e12;

    /** The highest difficulty; no target is harder than 1 of 2^256. */
    public static final double MAX_DIFFICULTY = 0x1p224;

    /** The highest fees of a block, BTC: all there will ever be. */
    public static final double MAX_FEES_BTC = 21e6;

    public ProfitabilityInputs {
        Check.between("hashrate_ths", hashrateThs, 0, MAX_HASHRATE_THS);
        Check.between("power_w", powerW, 0, MAX_POWER_W);
        Check.absentOrPositive("btc_price_usd", btcPriceUsd);
        Check.between("btc_price_usd", btcPriceUsd, 0, MAX_PRICE_USD);
        Check.absentOrPositive("network_difficulty", networkDifficulty);
        Check.between("network_difficulty", networkDifficulty, 0, MAX_DIFFICULTY);
        checkReward(subsidyBtc, networkFeesBtcPerBlock, poolFeePct);
        Check.between("uptime", uptime, 0, 1);
        Check.between("rejected_pct", rejectedPct, 0, 100);
    }

    /** Inputs of which nothing is rejected. */
    public ProfitabilityInputs(
            double hashrateThs,
            double powerW,
            Tariff tariff,
            double btcPriceUsd,
            double networkDifficulty,
            double subsidyBtc,
            double networkFeesBtcPerBlock,
            double poolFeePct,
            double uptime) {
        this(
                hashrateThs,
                powerW,
                tariff,
                btcPriceUsd,
                networkDifficulty,
                subsidyBtc,
                networkFeesBtcPerBlock,
                poolFeePct,
                uptime,
                0);
    }

    /** Starts inputs without fees and with full uptime; the rest must be set. */
    public static Builder builder() {
        return new Builder();
    }

    /** The same with another subsidy, BTC per block. */
    ProfitabilityInputs withSubsidyBtc(double other) {
        return new ProfitabilityInputs(
                hashrateThs,
                powerW,
                tariff,
                btcPriceUsd,
                networkDifficulty,
                other,
                networkFeesBtcPerBlock,
                poolFeePct,
                uptime,
                rejectedPct);
    }

    static void checkReward(double subsidyBtc, double feesBtcPerBlock, double poolFeePct) {
        Check.between("subsidy_btc", subsidyBtc, 0, Subsidy.atHeight(0));
        Check.between("network_fees_btc_per_block", feesBtcPerBlock, 0, MAX_FEES_BTC);
        Check.between("pool_fee_pct", poolFeePct, 0, 100);
    }

    /** Collects inputs; not thread-safe. A number that must be set and is not is refused as NaN. */
    public static final class Builder {
        private double hashrateThs = Double.NaN;
        private double powerW = Double.NaN;
        private @Nullable Tariff tariff;
        private double btcPriceUsd = Double.NaN;
        private double networkDifficulty = Double.NaN;
        private double subsidyBtc = Double.NaN;
        private double networkFeesBtcPerBlock;
        private double poolFeePct;
        private double uptime = 1;
        private double rejectedPct;

        private Builder() {}

        /** Hashrate, TH/s. Required. */
        public Builder hashrateThs(double value) {
            hashrateThs = value;
            return this;
        }

        /** Power, W. Required. */
        public Builder powerW(double value) {
            powerW = value;
            return this;
        }

        /** What the power costs. Required. */
        public Builder tariff(Tariff value) {
            tariff = value;
            return this;
        }

        /** Price of a bitcoin, USD. Required. */
        public Builder btcPriceUsd(double value) {
            btcPriceUsd = value;
            return this;
        }

        /** Difficulty of the network. Required. */
        public Builder networkDifficulty(double value) {
            networkDifficulty = value;
            return this;
        }

        /** New bitcoin per block, BTC, such as {@link Subsidy#atHeight}. Required. */
        public Builder subsidyBtc(double value) {
            subsidyBtc = value;
            return this;
        }

        /** Transaction fees per block, BTC; 0 where not said. */
        public Builder networkFeesBtcPerBlock(double value) {
            networkFeesBtcPerBlock = value;
            return this;
        }

        /** The pool's share, %; 0 where not said. */
        public Builder poolFeePct(double value) {
            poolFeePct = value;
            return this;
        }

        /** The share of the day that the miner runs, 0 to 1; 1 where not said. */
        public Builder uptime(double value) {
            uptime = value;
            return this;
        }

        /** The share of the work that the pool rejects or that comes too late, %; 0 where not said. */
        public Builder rejectedPct(double value) {
            rejectedPct = value;
            return this;
        }

        /**
         * The inputs as collected.
         *
         * @throws InvalidArgumentException if one is missing or out of its range
         */
        public ProfitabilityInputs build() {
            if (tariff == null) {
                throw new InvalidArgumentException("power_cost", "power_cost must be given, there is no tariff");
            }
            return new ProfitabilityInputs(
                    hashrateThs,
                    powerW,
                    tariff,
                    btcPriceUsd,
                    networkDifficulty,
                    subsidyBtc,
                    networkFeesBtcPerBlock,
                    poolFeePct,
                    uptime,
                    rejectedPct);
        }
    }
}
