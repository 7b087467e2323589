package io.minerops.core.profit;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import io.minerops.api.profit.Profitability;
import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/**
 * What a hashrate earns in a day, and what its power costs.
 *
 * <ul>
 *   <li>network hashrate (H/s) = difficulty × 2<sup>32</sup> / 600: a block takes difficulty × 2<sup>32</sup> hashes on
 *       average, and the network retargets to one block in 600 s. The exact factor is 2<sup>48</sup> / 65,535, which is
 *       0.0015 % more; the rounded one is what the field uses, so that figures can be compared.
 *   <li>BTC per day = hashrate / network hashrate × 144 × (subsidy + fees) × (1 − pool fee) × (1 − rejected) × uptime,
 *       with 144 blocks a day
 *   <li>revenue = BTC per day × price · energy = power × 24 h × uptime · cost = energy × tariff · profit = revenue −
 *       cost
 *   <li>margin = profit / revenue · break-even price = cost / BTC per day · efficiency = power / hashrate · hashprice =
 *       revenue / hashrate
 * </ul>
 *
 * <p>Reckoned with 34 decimal digits from the shortest decimal form of each input, then rounded once per figure. So 0.07
 * is seven cents and not its binary neighbour, and near break-even, where revenue and cost cancel, the profit is as
 * exact as anywhere; in plain doubles it would keep only the digits in which the two differ.
 *
 * @see <a href="https://en.bitcoin.it/wiki/Difficulty">Bitcoin wiki, Difficulty: hashes per block and network hash
 *     rate</a>
 * @see <a href="https://hashrateindex.com">Hashrate Index, which named the hashprice, USD per PH/s and day</a>
 */
public final class ProfitabilityCalculator {
    /** Blocks of a day at one block in 600 s. */
    public static final int BLOCKS_PER_DAY = 144;

    private static final MathContext DIGITS = MathContext.DECIMAL128;

    /** Expected hashes of a block per unit of difficulty, as the field rounds it. */
    private static final BigDecimal HASHES_PER_DIFFICULTY = BigDecimal.valueOf(1L << 32);

    /** 600 s per block × 10^12 hashes per terahash. */
    private static final BigDecimal BLOCK_SECONDS_BY_TERA = BigDecimal.valueOf(600_000_000_000_000L);

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);
    private static final BigDecimal HOURS_PER_DAY = BigDecimal.valueOf(24);

    private ProfitabilityCalculator() {}

    /** A day's figures; those that are undefined (a ratio by nothing) are null. */
    public static Profitability daily(ProfitabilityInputs inputs) {
        BigDecimal hashrate = BigDecimal.valueOf(inputs.hashrateThs());
        BigDecimal power = BigDecimal.valueOf(inputs.powerW());
        BigDecimal price = BigDecimal.valueOf(inputs.btcPriceUsd());
        BigDecimal uptime = BigDecimal.valueOf(inputs.uptime());

        BigDecimal btcPerThs = btcPerThsAndDay(inputs).multiply(uptime, DIGITS);
        BigDecimal btc = hashrate.multiply(btcPerThs, DIGITS);
        BigDecimal revenue = btc.multiply(price, DIGITS);
        BigDecimal energyKwh =
                power.multiply(HOURS_PER_DAY, DIGITS).divide(THOUSAND, DIGITS).multiply(uptime, DIGITS);
        BigDecimal cost = energyKwh.multiply(BigDecimal.valueOf(inputs.tariff().usdPerKwh()), DIGITS);
        BigDecimal profit = revenue.subtract(cost, DIGITS);

        return new Profitability(
                inputs.btcPriceUsd(),
                inputs.networkDifficulty(),
                inputs.hashrateThs(),
                inputs.powerW(),
                inputs.tariff().usdPerKwh(),
                energyKwh.doubleValue(),
                cost.doubleValue(),
                btc.doubleValue(),
                revenue.doubleValue(),
                profit.doubleValue(),
                ratio(profit.multiply(HUNDRED, DIGITS), revenue),
                ratio(cost, btc),
                ratio(power, hashrate),
                ratio(revenue.multiply(THOUSAND, DIGITS), hashrate));
    }

    /**
     * The hashrate of the whole network at a difficulty, TH/s.
     *
     * @param difficulty above 0, finite
     * @throws InvalidArgumentException if the difficulty is not
     */
    public static double networkHashrateThs(double difficulty) {
        Check.absentOrPositive("network_difficulty", difficulty);
        return networkThs(difficulty).doubleValue();
    }

    private static BigDecimal networkThs(double difficulty) {
        return BigDecimal.valueOf(difficulty)
                .multiply(HASHES_PER_DIFFICULTY, DIGITS)
                .divide(BLOCK_SECONDS_BY_TERA, DIGITS);
    }

    /** Production of 1 TH/s that runs all day, after the pool's fee, BTC. */
    private static BigDecimal btcPerThsAndDay(ProfitabilityInputs inputs) {
        BigDecimal reward = BigDecimal.valueOf(inputs.subsidyBtc())
                .add(BigDecimal.valueOf(inputs.networkFeesBtcPerBlock()), DIGITS);
        BigDecimal minersShare = lessPct(inputs.poolFeePct()).multiply(lessPct(inputs.rejectedPct()), DIGITS);
        return reward.multiply(minersShare, DIGITS)
                .multiply(BigDecimal.valueOf(BLOCKS_PER_DAY), DIGITS)
                .divide(networkThs(inputs.networkDifficulty()), DIGITS);
    }

    private static BigDecimal lessPct(double pct) {
        return BigDecimal.ONE.subtract(BigDecimal.valueOf(pct).divide(HUNDRED, DIGITS), DIGITS);
    }

    /** The quotient; null by nothing, and where it is beyond any double (by next to nothing). */
    private static @Nullable Double ratio(BigDecimal dividend, BigDecimal divisor) {
        if (divisor.signum() == 0) {
            return null;
        }
        double quotient = dividend.divide(divisor, DIGITS).doubleValue();
        return Double.isInfinite(quotient) ? null : quotient;
    }
}
