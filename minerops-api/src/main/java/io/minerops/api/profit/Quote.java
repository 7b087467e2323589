package io.minerops.api.profit;

import io.minerops.api.InvalidArgumentException;
import java.time.Instant;
import java.util.Currency;

/**
 * The price of one bitcoin.
 *
 * @param price units of the currency per BTC, above 0
 * @param currency the currency
 * @param source the name of the source that gave it
 * @param fetchedAt when it was fetched
 * @param stale whether it is older than it should be, because no source answers
 */
public record Quote(double price, Currency currency, String source, Instant fetchedAt, boolean stale) {
    public Quote {
        if (!(price > 0 && price < Double.POSITIVE_INFINITY)) {
            throw new InvalidArgumentException("price", "price must be above 0, not " + price);
        }
    }

    /** The same price, marked as older than it should be. */
    public Quote asStale() {
        return stale ? this : new Quote(price, currency, source, fetchedAt, true);
    }
}
