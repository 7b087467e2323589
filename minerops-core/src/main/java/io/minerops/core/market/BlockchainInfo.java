package io.minerops.core.market;

import io.minerops.api.profit.Difficulty;
import io.minerops.api.profit.DifficultySource;
import java.util.concurrent.CompletionStage;

/**
 * The difficulty by blockchain.info's plain-text query, keyless.
 *
 * @see <a href="https://www.blockchain.com/explorer/api/q">Blockchain.com query API</a>
 */
final class BlockchainInfo implements DifficultySource {
    static final String NAME = "blockchain.info";

    private final MarketHost host;

    /** blockchain.info by the access given; a key is not sent. */
    BlockchainInfo(MarketAccess access) {
        host = new MarketHost(NAME, "https://blockchain.info", access);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public CompletionStage<Difficulty> difficulty() {
        return host.get("/q/getdifficulty", null, reply -> host.difficulty(Replies.positive(reply)));
    }
}
