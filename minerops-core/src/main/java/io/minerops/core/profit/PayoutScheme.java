package io.minerops.core.profit;

import io.minerops.api.internal.Check;
import io.minerops.core.network.Subsidy;

/**
 * How a pool pays for shares: which part of the block reward, and whether the income depends on the luck of
 * finding blocks. The expected production of a day is that of the network, times the share of the reward below, times (1 − pool fee).
 *
 * @see <a href="https://arxiv.org/abs/1112.4980">Rosenfeld 2011, Analysis of Bitcoin Pooled Mining Reward Systems</a>
 */
public enum PayoutScheme {
    /** Full pay per share: a fixed price per share from the subsidy and the mean fees, whatever the pool finds. */
    FPPS("fpps", true, 0),
    /** Pay per share: a fixed price per share from the subsidy alone, whatever the pool finds; it keeps the fees. */
    PPS("pps", false, 0),
    /** Pay per share plus: the subsidy as PPS, the fees of the blocks that the pool really found. */
    PPS_PLUS("pps+", true, 1),
    /** Pay per last N shares: a part of each block that the pool really finds. */
    PPLNS("pplns", true, 2),
    /** Alone: the whole reward of an own block, or nothing. */
    SOLO("solo", true, 2);

    private static final int LUCK_OF_FEES = 1;
    private static final int LUCK_OF_REWARD = 2;

    private final String key;
    private final boolean paysFees;
    private final int luck;

    PayoutScheme(String key, boolean paysFees, int luck) {
        this.key = key;
        this.paysFees = paysFees;
        this.luck = luck;
    }

    /** The name of the scheme in settings and replies. */
    public String key() {
        return key;
    }

    /** Whether the miners get the transaction fees. */
    public boolean paysFees() {
        return paysFees;
    }

    /**
     * The reward per block that is expected to reach the miners before the pool's fee, BTC.
     *
     * @param subsidyBtc new bitcoin per block, BTC, 0 or more
     * @param feesBtc transaction fees per block, BTC, 0 or more
     */
    public double rewardBtc(double subsidyBtc, double feesBtc) {
        Check.between("subsidy_btc", subsidyBtc, 0, Subsidy.atHeight(0));
        Check.between("network_fees_btc_per_block", feesBtc, 0, ProfitabilityInputs.MAX_FEES_BTC);
        return paysFees ? subsidyBtc + feesBtc : subsidyBtc;
    }

    /**
     * The relative standard deviation of the income of a period: found blocks are Poisson, so it is √n / n of what
     * depends on luck, and 0 of what does not.
     *
     * @param expectedBlocks the blocks that the pool (or the lone miner) is expected to find in the period, above 0
     * @param subsidyBtc new bitcoin per block, BTC, 0 or more
     * @param feesBtc transaction fees per block, BTC, 0 or more
     * @return 0 or more; 0 where nothing is paid
     * @throws io.minerops.api.InvalidArgumentException if a figure is out of its range
     */
    public double relativeDeviation(double expectedBlocks, double subsidyBtc, double feesBtc) {
        Check.absentOrPositive("expected_blocks", expectedBlocks);
        double reward = rewardBtc(subsidyBtc, feesBtc);
        double byLuck = luck == LUCK_OF_REWARD ? reward : luck == LUCK_OF_FEES ? feesBtc : 0;
        return reward == 0 ? 0 : byLuck / reward / Math.sqrt(expectedBlocks);
    }
}
