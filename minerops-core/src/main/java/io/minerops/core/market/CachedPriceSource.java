package io.minerops.core.market;

import io.minerops.api.profit.PriceSource;
import io.minerops.api.profit.Quote;
import io.minerops.core.market.MarketCache.CachePolicy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Currency;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A price source that remembers, per currency. A price is given for its time to live without another request; then one
 * question goes out, whose answer all callers share. Where it fails, the last price is given, marked stale and with the
 * time it was fetched, and no question goes out until the back-off is over; without any last price the stage fails.
 */
public final class CachedPriceSource implements PriceSource {
    /** Default time to live of a price. */
    public static final Duration DEFAULT_TIME_TO_LIVE = Duration.ofMinutes(5);

    /** Default pause after a failure. */
    public static final Duration DEFAULT_BACK_OFF = Duration.ofSeconds(30);

    private final PriceSource source;
    private final MarketCache<Currency, Quote> cache;

    /** Remembers with the default times. */
    public CachedPriceSource(PriceSource source, InstantSource clock) {
        this(source, DEFAULT_TIME_TO_LIVE, DEFAULT_BACK_OFF, clock);
    }

    /**
     * Remembers.
     *
     * @param timeToLive how long a price is given without another request, above 0
     * @param backOff how long no question goes out after a failure, above 0
     */
    public CachedPriceSource(PriceSource source, Duration timeToLive, Duration backOff, InstantSource clock) {
        this(source, new CachePolicy(timeToLive, backOff, MarketCache.FETCH_TIMEOUT), clock);
    }

    CachedPriceSource(PriceSource source, CachePolicy policy, InstantSource clock) {
        this.source = source;
        cache = new MarketCache<>(source.name(), source::btcPrice, Quote::asStale, policy, clock);
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public CompletionStage<Quote> btcPrice(Currency currency) {
        return cache.get(currency);
    }

    /** The last price, marked stale where its time is over or the last attempt failed; empty without any. Sends no request. */
    public Optional<Quote> peek(Currency currency) {
        return cache.peek(currency);
    }

    /** How the price in a currency stands. Sends no request. */
    public MarketStatus status(Currency currency) {
        String lastError = cache.lastError(currency);
        return peek(currency)
                .map(quote -> new MarketStatus(quote.source(), quote.fetchedAt(), quote.stale(), lastError))
                .orElseGet(() -> new MarketStatus(name(), null, false, lastError));
    }
}
