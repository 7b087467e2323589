package io.minerops.server.wiring;

import io.minerops.api.profit.DifficultySource;
import io.minerops.api.profit.PriceSource;
import io.minerops.core.market.BlockchainInfo;
import io.minerops.core.market.CoinCap;
import io.minerops.core.market.CoinGecko;
import io.minerops.core.market.MarketAccess;
import io.minerops.core.market.MarketSources;
import io.minerops.core.market.MempoolSpace;
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
        sources.add(new CoinGecko(access.withBaseUrl(market.coinGecko())));
        if (market.coinCapKey() != null || market.coinCap() != null) {
            sources.add(new CoinCap(access.withBaseUrl(market.coinCap()).withKey(market.coinCapKey())));
        }
        sources.add(new MempoolSpace(access.withBaseUrl(market.mempool())));
        return MarketSources.failover(sources.toArray(PriceSource[]::new));
    }

    /** blockchain.info, then mempool.space. */
    public static DifficultySource difficulty(ServerConfig.Market market, InstantSource clock) {
        MarketAccess access = MarketAccess.publicHost().withClock(clock);
        return MarketSources.failover(
                (DifficultySource) new BlockchainInfo(access.withBaseUrl(market.blockchainInfo())),
                new MempoolSpace(access.withBaseUrl(market.mempool())));
    }
}
