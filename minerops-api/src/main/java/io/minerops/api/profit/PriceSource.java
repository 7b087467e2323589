package io.minerops.api.profit;

import java.util.Currency;
import java.util.concurrent.CompletionStage;

/** Says what a bitcoin costs. Implementations are thread-safe and never block the caller. */
public interface PriceSource {
    /** The source's name, as shown with its values. */
    String name();

    /**
     * The price now.
     *
     * @return a stage that fails with {@link MarketException} where there is no value; a value is never invented
     */
    CompletionStage<Quote> btcPrice(Currency currency);
}
