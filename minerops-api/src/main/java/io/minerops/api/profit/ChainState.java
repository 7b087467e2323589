package io.minerops.api.profit;

import io.minerops.api.internal.Check;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The chain of the Bitcoin network.
 *
 * @param height the height of the last block, 0 to 2,147,483,647
 * @param meanFeesBtc mean transaction fees of the last {@value #FEE_BLOCKS} blocks, BTC per block, 0 to
 *     {@value #MAX_FEES_BTC}; null where the source does not know them
 * @param source the name of the source that gave it
 * @param fetchedAt when it was fetched
 * @param stale whether it is older than it should be, because no source answers
 */
public record ChainState(long height, @Nullable Double meanFeesBtc, String source, Instant fetchedAt, boolean stale) {
    /** The blocks of a day at one in 600 s, over which fees are averaged. */
    public static final int FEE_BLOCKS = 144;

    /** The highest mean of fees that is believed, BTC per block: a thousand times that of ordinary days. */
    public static final double MAX_FEES_BTC = 100;

    public ChainState {
        Check.between("height", (double) height, 0, Integer.MAX_VALUE);
        if (meanFeesBtc != null) {
            Check.between("mean_fees_btc", meanFeesBtc, 0, MAX_FEES_BTC);
        }
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(fetchedAt, "fetchedAt");
    }

    /** The same chain, marked as older than it should be. */
    public ChainState asStale() {
        return stale ? this : new ChainState(height, meanFeesBtc, source, fetchedAt, true);
    }
}
