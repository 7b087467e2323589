package io.minerops.core.market;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.api.InvalidArgumentException;
import io.minerops.api.profit.PriceSource;
import io.minerops.api.profit.Quote;
import java.util.Currency;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * CoinCap's price, in USD only. The public host serves version 3 of its API and wants a key; version 2, keyless, was
 * retired on 31 March 2025 and lives on only in mirrors. So: with a key version 3, at a base URL without a key version
 * 2; an access with neither is refused, because no question could be answered.
 *
 * @see <a href="https://pro.coincap.io/api-docs">CoinCap API 3</a>
 */
final class CoinCap implements PriceSource {
    static final String NAME = "coincap";

    private final MarketHost host;
    private final MarketHost.@Nullable KeyHeader key;

    /**
     * CoinCap by the access given.
     *
     * @throws InvalidArgumentException ({@code key}) if the access has neither a key nor a base URL
     */
    CoinCap(MarketAccess access) {
        if (access.key() == null && access.baseUrl() == null) {
            throw new InvalidArgumentException(
                    "key",
                    "key must be given for CoinCap's public host, whose API without a key was retired on 31 March 2025;"
                            + " or give the base URL of a mirror");
        }
        host = new MarketHost(NAME, "https://rest.coincap.io", access);
        key = access.key() == null ? null : new MarketHost.KeyHeader("Authorization", "Bearer ", access.key());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public CompletionStage<Quote> btcPrice(Currency currency) {
        if (!currency.getCurrencyCode().equals("USD")) {
            return CompletableFuture.failedFuture(host.failure("prices in USD only, not " + currency));
        }
        String path = key == null ? "/v2/assets/bitcoin" : "/v3/assets/bitcoin";
        return host.get(path, key, reply -> {
            JsonNode price = Replies.json(reply).path("data").path("priceUsd");
            return host.quote(currency, Replies.positive(price));
        });
    }
}
