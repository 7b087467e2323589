package io.minerops.core.profit;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import io.minerops.api.profit.Tariff;
import org.jspecify.annotations.Nullable;

/**
 * What is supposed instead of what is so.
 *
 * @param tariff of every miner, whatever its own is; null for the real ones
 * @param btcPriceUsd price of a bitcoin, USD, above 0, at most {@value ProfitabilityInputs#MAX_PRICE_USD}; null for that
 *     of the market, which is not queried otherwise
 * @param hashrate which hashrate of a miner counts; null for that of the settings
 */
public record WhatIf(
        @Nullable Tariff tariff,
        @Nullable Double btcPriceUsd,
        @Nullable HashrateInput hashrate) {
    /** Everything is as it is. */
    public static final WhatIf NOTHING = new WhatIf(null, null, null);

    /** Supposed prices alone. */
    public WhatIf(@Nullable Tariff tariff, @Nullable Double btcPriceUsd) {
        this(tariff, btcPriceUsd, null);
    }

    /**
     * Checks the price.
     *
     * @throws InvalidArgumentException ({@code btc_price}) where it is out of its range
     */
    public WhatIf {
        if (btcPriceUsd != null) {
            Check.between("btc_price", btcPriceUsd, 0, ProfitabilityInputs.MAX_PRICE_USD);
            Check.absentOrPositive("btc_price", btcPriceUsd);
        }
    }
}
