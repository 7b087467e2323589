package io.minerops.core.network;

import io.minerops.api.InvalidArgumentException;

/**
 * The new bitcoin that a block creates: 50 BTC at first, halved every {@value #BLOCKS_PER_HALVING} blocks and floored to
 * whole satoshi, so 0 from height 6,930,000 on.
 *
 * @see <a href="https://github.com/bitcoin/bitcoin/blob/master/src/validation.cpp">GetBlockSubsidy in Bitcoin Core</a>
 */
public final class Subsidy {
    /** Satoshi of a bitcoin. */
    public static final int SATOSHI_PER_BTC = 100_000_000;

    /** Blocks from one halving to the next. */
    public static final int BLOCKS_PER_HALVING = 210_000;

    private static final long FIRST_SATOSHI = 50L * SATOSHI_PER_BTC;

    private Subsidy() {}

    /**
     * The subsidy of the block at a height, BTC.
     *
     * @param height 0 (the genesis block) or more
     * @throws InvalidArgumentException if the height is negative
     */
    public static double atHeight(long height) {
        return satoshiAtHeight(height) / (double) SATOSHI_PER_BTC;
    }

    /**
     * The subsidy of the block at a height, satoshi.
     *
     * @param height 0 (the genesis block) or more
     * @throws InvalidArgumentException if the height is negative
     */
    public static long satoshiAtHeight(long height) {
        if (height < 0) {
            throw new InvalidArgumentException("height", "height must be at least 0, not " + height);
        }
        long halvings = height / BLOCKS_PER_HALVING;
        // a shift by 64 or more would start again at 50 BTC
        return halvings >= Long.SIZE ? 0 : FIRST_SATOSHI >> halvings;
    }
}
