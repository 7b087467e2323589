package io.minerops.core.market;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.api.profit.PriceSource;
import io.minerops.api.profit.Quote;
import java.util.Currency;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * CoinGecko's simple price: an index over many exchanges, in many currencies. Free of charge for some 5 to 15 requests
 * a minute, 30 with a demo key.
 *
 * @see <a href="https://docs.coingecko.com/v3.0.1/reference/simple-price">CoinGecko API: simple price</a>
 */
final class CoinGecko implements PriceSource {
    static final String NAME = "coingecko";

    private static final int MAX_PER_MINUTE = 5;
    private static final int MAX_PER_MINUTE_WITH_KEY = 30;

    private final MarketHost host;
    private final MarketHost.@Nullable KeyHeader key;

    /** CoinGecko by the access given; its key is a demo key. */
    CoinGecko(MarketAccess access) {
        int maxPerMinute = access.key() == null ? MAX_PER_MINUTE : MAX_PER_MINUTE_WITH_KEY;
        host = new MarketHost(NAME, "https://api.coingecko.com", access, maxPerMinute);
        key = access.key() == null ? null : new MarketHost.KeyHeader("x-cg-demo-api-key", "", access.key());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public CompletionStage<Quote> btcPrice(Currency currency) {
        String code = currency.getCurrencyCode().toLowerCase(Locale.ROOT);
        String path = "/api/v3/simple/price?ids=bitcoin&vs_currencies=" + code + "&include_last_updated_at=true";
        return host.get(path, key, reply -> {
            JsonNode price = Replies.json(reply).path("bitcoin").path(code);
            return host.quote(currency, Replies.positive(price));
        });
    }
}
