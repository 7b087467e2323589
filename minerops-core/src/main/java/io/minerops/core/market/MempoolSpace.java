package io.minerops.core.market;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.api.profit.Difficulty;
import io.minerops.api.profit.DifficultySource;
import io.minerops.api.profit.PriceSource;
import io.minerops.api.profit.Quote;
import java.util.Currency;
import java.util.concurrent.CompletionStage;

/**
 * mempool.space, or one's own instance of it: the price in whole units of a few currencies (USD, EUR, GBP, CAD, CHF,
 * AUD, JPY), and the difficulty. The latter comes with the hashrate of the last days; the service's
 * difficulty-adjustment reports changes in percent only and no difficulty.
 *
 * @see <a href="https://mempool.space/docs/api/rest">mempool.space REST API</a>
 */
final class MempoolSpace implements PriceSource, DifficultySource {
    static final String NAME = "mempool.space";

    private final MarketHost host;

    /** mempool.space by the access given; a key is not sent. */
    MempoolSpace(MarketAccess access) {
        host = new MarketHost(NAME, "https://mempool.space", access);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public CompletionStage<Quote> btcPrice(Currency currency) {
        return host.get("/api/v1/prices", null, reply -> {
            JsonNode price = Replies.json(reply).path(currency.getCurrencyCode());
            return host.quote(currency, Replies.positive(price));
        });
    }

    @Override
    public CompletionStage<Difficulty> difficulty() {
        return host.get("/api/v1/mining/hashrate/3d", null, reply -> {
            JsonNode difficulty = Replies.json(reply).path("currentDifficulty");
            return host.difficulty(Replies.positive(difficulty));
        });
    }
}
