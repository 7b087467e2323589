package io.minerops.core.statement;

import io.minerops.core.work.Uptime;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What some miners used, worked and earned over a time, hour by hour: the energy of each hour by its tariff, the work by its
 * difficulty, subsidy and price. Figures are not rounded; {@link #money} and {@link Waterfall#rounded} round.
 *
 * @param name the group, as the request names it; null for the fleet, and for the miners in no group
 * @param miners how many miners it has, 0 or more
 * @param from its beginning
 * @param until its end, exclusive
 * @param time how the miners spent the time, all of it estimated from counts of samples; it has both definitions of uptime
 * @param kwh energy, kWh, 0 or more
 * @param costUsd cost of the energy whose tariff is known, USD; NaN where none is known of some energy
 * @param workTh claimed work, TH, 0 or more
 * @param proven what accepted shares prove
 * @param waterfall from nameplate to what was earned
 * @param estimates what of it is estimated or not known
 */
public record Statement(
        @Nullable String name,
        int miners,
        Instant from,
        Instant until,
        Uptime time,
        double kwh,
        double costUsd,
        double workTh,
        Proven proven,
        Waterfall waterfall,
        Estimates estimates) {
    private static final int CENT_DECIMALS = 2;

    /**
     * What accepted shares prove, over the time for which they were counted.
     *
     * @param seconds that time, summed over the miners, s, 0 or more
     * @param workTh the work, TH, 0 or more
     * @param btc what it brings after the pool's share, BTC, 0 or more
     * @param deviationBtc its standard deviation, BTC, 0 or more
     */
    public record Proven(double seconds, double workTh, double btc, double deviationBtc) {}

    /**
     * Shares from 0 to 1 of what is not measured. None of it is hidden in a sum: what is unknown adds nothing.
     *
     * @param noData the time of which nothing is known, of all the time of the miners
     * @param powerEstimated the energy by a nominal power, of the energy
     * @param powerUnknown the time without a power, of the time in which the miners answered; its energy is missing
     * @param tariffUnknown the energy without a tariff for its hour, of the energy; its cost is missing
     * @param priceAssumed the revenue by the price of another time, of the revenue
     * @param priceUnknown the production without any price, of the production; its revenue is missing
     * @param difficultyAssumed the work by the difficulty of another time, of the work
     * @param difficultyUnknown the work without any difficulty, of the work; its production is missing
     * @param feesAssumed the work by the fees of another time or of the settings, of the work
     * @param nominalUnknown the time without a nominal hashrate, of all the time of the miners; its losses are missing
     * @param rejectsUnknown the work without counts of shares, of the work; its rejects count as none
     */
    public record Estimates(
            double noData,
            double powerEstimated,
            double powerUnknown,
            double tariffUnknown,
            double priceAssumed,
            double priceUnknown,
            double difficultyAssumed,
            double difficultyUnknown,
            double feesAssumed,
            double nominalUnknown,
            double rejectsUnknown) {}

    /**
     * Money, rounded to cents half-even.
     *
     * @param revenueUsd USD; null where it is not known
     * @param costUsd USD; null where it is not known
     * @param profitUsd the rounded revenue less the rounded cost, USD; null where one of them is not known
     */
    public record Money(
            @Nullable BigDecimal revenueUsd,
            @Nullable BigDecimal costUsd,
            @Nullable BigDecimal profitUsd) {}

    /** Expected production by the claimed work without rejects, after the pool's share, BTC. */
    public double btcExpected() {
        return waterfall.earnedBtc();
    }

    /** Its worth by the price of each hour, USD; NaN where no price is known. */
    public double revenueUsd() {
        return waterfall.earnedUsd();
    }

    /** Revenue less cost of energy, USD, negative at a loss; NaN where one of them is not known. */
    public double profitUsd() {
        return revenueUsd() - costUsd;
    }

    /** The money in cents. */
    public Money money() {
        BigDecimal revenue = cents(revenueUsd());
        BigDecimal cost = cents(costUsd);
        return new Money(revenue, cost, revenue == null || cost == null ? null : revenue.subtract(cost));
    }

    private static @Nullable BigDecimal cents(double usd) {
        return Double.isNaN(usd) ? null : new BigDecimal(usd).setScale(CENT_DECIMALS, RoundingMode.HALF_EVEN);
    }
}
