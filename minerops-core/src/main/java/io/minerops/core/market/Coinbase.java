package io.minerops.core.market;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.api.profit.PriceSource;
import io.minerops.api.profit.Quote;
import java.util.Currency;
import java.util.concurrent.CompletionStage;

/**
 * The spot price of Coinbase, keyless: the price of one exchange, converted to any currency.
 *
 * @see <a href="https://docs.cdp.coinbase.com/coinbase-app/docs/track/api-prices">Coinbase API: prices</a>
 */
final class Coinbase implements PriceSource {
    static final String NAME = "coinbase";

    private final MarketHost host;

    /** Coinbase by the access given; a key is not sent. */
    Coinbase(MarketAccess access) {
        host = new MarketHost(NAME, "https://api.coinbase.com", access);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public CompletionStage<Quote> btcPrice(Currency currency) {
        String code = currency.getCurrencyCode();
        return host.get("/v2/prices/BTC-" + code + "/spot", null, reply -> {
            JsonNode data = Replies.json(reply).path("data");
            boolean thisCurrency = data.path("currency").asText().equals(code);
            return host.quote(currency, thisCurrency ? Replies.positive(data.path("amount")) : Double.NaN);
        });
    }
}
