package io.minerops.core.market;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.api.profit.PriceSource;
import io.minerops.api.profit.Quote;
import java.util.Currency;
import java.util.concurrent.CompletionStage;

/**
 * The last trade at Kraken, keyless: the price of one exchange, in the currencies that it trades (USD, EUR, GBP, CAD, CHF,
 * AUD, JPY).
 *
 * @see <a href="https://docs.kraken.com/api/docs/rest-api/get-ticker-information">Kraken API: ticker</a>
 */
final class Kraken implements PriceSource {
    static final String NAME = "kraken";

    private final MarketHost host;

    /** Kraken by the access given; a key is not sent. */
    Kraken(MarketAccess access) {
        host = new MarketHost(NAME, "https://api.kraken.com", access);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public CompletionStage<Quote> btcPrice(Currency currency) {
        return host.get("/0/public/Ticker?pair=XBT" + currency.getCurrencyCode(), null, reply -> {
            // the one pair has a name of Kraken's own, such as XXBTZUSD; "c" is the last trade: price and lot
            JsonNode pairs = Replies.json(reply).path("result");
            JsonNode ticker = pairs.size() == 1 ? pairs.elements().next() : pairs;
            return host.quote(currency, Replies.positive(ticker.path("c").path(0)));
        });
    }
}
