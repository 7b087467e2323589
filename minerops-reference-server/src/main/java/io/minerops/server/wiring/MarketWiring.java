package io.minerops.server.wiring;

import io.minerops.api.profit.ChainSource;
import io.minerops.api.profit.DifficultySource;
import io.minerops.api.profit.PriceSource;
import io.minerops.core.market.MarketAccess;
import io.minerops.core.market.MarketSources;
import io.minerops.server.config.ServerConfig;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The market sources that the settings name. */
public final class MarketWiring {
    private MarketWiring() {}

    /** CoinGecko, then CoinCap where a key or an address for it is set (v3 requires one), then mempool.space. */
    public static PriceSource price(ServerConfig.Market market, InstantSource clock) {
        MarketAccess access = MarketAccess.publicHost().withClock(clock);
        List<PriceSource> sources = new ArrayList<>();
        sources.add(MarketSources.coinGecko(access.withBaseUrl(market.coinGecko())));
        if (market.coinCapKey() != null || market.coinCap() != null) {
            sources.add(
                    MarketSources.coinCap(access.withBaseUrl(market.coinCap()).withKey(market.coinCapKey())));
        }
        sources.add(MarketSources.mempoolPrice(access.withBaseUrl(market.mempool())));
        return MarketSources.failover(sources.toArray(PriceSource[]::new));
    }

    /** mempool.space. */
    public static ChainSource chain(ServerConfig.Market market, InstantSource clock) {
        return MarketSources.mempoolChain(
                MarketAccess.publicHost().withClock(clock).withBaseUrl(market.mempool()));
    }

    /** blockchain.info, then mempool.space. */
    public static DifficultySource difficulty(ServerConfig.Market market, InstantSource clock) {
        MarketAccess access = MarketAccess.publicHost().withClock(clock);
        return MarketSources.failover(
                MarketSources.blockchainInfo(access.withBaseUrl(market.blockchainInfo())),
                MarketSources.mempoolDifficulty(access.withBaseUrl(market.mempool())));
    }
}
