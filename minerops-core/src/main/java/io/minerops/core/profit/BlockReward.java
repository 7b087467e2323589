package io.minerops.core.profit;

import io.minerops.api.internal.Check;
import io.minerops.core.network.Subsidy;
import java.util.Objects;

/**
 * What a block brings, and how it is known.
 *
 * @param height the height of the block, 0 or more; it decides the subsidy
 * @param heightSource the source of the height; {@value #EPOCH_TABLE} where it is calculated from the time
 * @param feesBtc mean transaction fees of a block, BTC, 0 to {@value ProfitabilityInputs#MAX_FEES_BTC}
 * @param feesSource the source of the fees; {@value #SETTING} where none gave them
 */
public record BlockReward(long height, String heightSource, double feesBtc, String feesSource) {
    /** The height is calculated from the time by {@link io.minerops.core.network.EpochTable}. */
    public static final String EPOCH_TABLE = "epoch table";

    /** The fees are those of {@link ProfitabilitySettings}. */
    public static final String SETTING = "setting";

    public BlockReward {
        Check.between("height", (double) height, 0, Long.MAX_VALUE);
        Objects.requireNonNull(heightSource, "heightSource");
        Check.between("network_fees_btc_per_block", feesBtc, 0, ProfitabilityInputs.MAX_FEES_BTC);
        Objects.requireNonNull(feesSource, "feesSource");
    }

    /** New bitcoin of the block, BTC. */
    public double subsidyBtc() {
        return Subsidy.atHeight(height);
    }
}
