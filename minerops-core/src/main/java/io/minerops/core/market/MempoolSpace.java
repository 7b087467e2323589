package io.minerops.core.market;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.api.profit.ChainSource;
import io.minerops.api.profit.ChainState;
import io.minerops.api.profit.Difficulty;
import io.minerops.api.profit.DifficultySource;
import io.minerops.api.profit.Epoch;
import io.minerops.api.profit.PriceSource;
import io.minerops.api.profit.Quote;
import io.minerops.core.network.CompactBits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * mempool.space, or one's own instance of it: the price in whole units of a few currencies (USD, EUR, GBP, CAD, CHF,
 * AUD, JPY), the difficulty, the height with the fees of the last day, and the changes of the difficulty. The difficulty
 * comes with the hashrate of the last days; the service's difficulty-adjustment reports changes in percent only.
 *
 * @see <a href="https://mempool.space/docs/api/rest">mempool.space REST API</a>
 */
final class MempoolSpace implements PriceSource, DifficultySource, ChainSource {
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

    @Override
    public CompletionStage<ChainState> chain() {
        return host.get("/api/v1/mining/reward-stats/" + ChainState.FEE_BLOCKS, null, reply -> {
            JsonNode stats = Replies.json(reply);
            double height = Replies.positive(stats.path("endBlock"));
            double blocks = height - Replies.positive(stats.path("startBlock")) + 1;
            double satoshi = Replies.atLeastZero(stats.path("totalFee"));
            return host.chain(height, blocks > 0 ? satoshi / blocks : Double.NaN);
        });
    }

    /** The changes of the last three years, each with the time, height and difficulty of its first block. */
    @Override
    public CompletionStage<List<Epoch>> epochsFrom(int number) {
        return host.get("/api/v1/mining/difficulty-adjustments/3y", null, reply -> {
            List<Epoch> epochs = new ArrayList<>();
            Replies.json(reply).forEach(change -> epoch(change).ifPresent(epochs::add));
            return List.copyOf(epochs);
        });
    }

    private static Optional<Epoch> epoch(JsonNode change) {
        JsonNode time = change.path(0);
        JsonNode height = change.path(1);
        double difficulty = Replies.positive(change.path(2));
        if (!time.canConvertToInt() || !height.canConvertToInt() || !(difficulty >= 1)) {
            return Optional.empty();
        }
        boolean first = height.intValue() >= 0 && height.intValue() % Epoch.BLOCKS == 0;
        return first
                ? Optional.of(new Epoch(
                        height.intValue() / Epoch.BLOCKS,
                        CompactBits.ofDifficulty(difficulty),
                        Instant.ofEpochSecond(time.intValue()),
                        false))
                : Optional.empty();
    }
}
