package io.minerops.core.market;

import io.minerops.api.profit.MarketException;
import io.minerops.api.profit.Quote;
import java.time.Duration;
import java.util.Currency;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a price that is far from the last one until it is confirmed: by another source, or by the same one after an
 * hour. Thread-safe.
 */
final class PriceGuard {
    /** The factor up to which a price is believed at once. */
    static final double MAX_FACTOR = 3;

    /** How long a source must stand by a price that no other one confirms. */
    static final Duration CONFIRMED_AFTER = Duration.ofHours(1);

    /** The factor up to which two prices say the same. */
    private static final double AGREEMENT = 1.05;

    private final Map<Currency, Quote> believed = new HashMap<>();
    private final Map<Currency, Quote> suspected = new HashMap<>();

    /**
     * The price, where it is believed.
     *
     * @throws MarketException where it is not
     */
    synchronized Quote checked(Quote quote) {
        Currency currency = quote.currency();
        Quote last = believed.get(currency);
        if (last == null || near(last, quote, MAX_FACTOR) || confirmed(suspected.get(currency), quote)) {
            believed.put(currency, quote);
            suspected.remove(currency);
            return quote;
        }
        Quote before = suspected.get(currency);
        if (before == null || !near(before, quote, AGREEMENT)) {
            suspected.put(currency, quote);
        }
        throw new MarketException(quote.source() + ": price of " + quote.price() + " " + currency
                + " is not believed before another source confirms it: it was " + last.price());
    }

    private static boolean confirmed(@Nullable Quote suspect, Quote quote) {
        return suspect != null
                && near(suspect, quote, AGREEMENT)
                && (!suspect.source().equals(quote.source())
                        || Duration.between(suspect.fetchedAt(), quote.fetchedAt())
                                        .compareTo(CONFIRMED_AFTER)
                                >= 0);
    }

    private static boolean near(Quote one, Quote other, double factor) {
        double ratio = one.price() / other.price();
        return ratio <= factor && ratio >= 1 / factor;
    }
}
