package io.minerops.server.wiring;

import io.minerops.api.Secret;
import io.minerops.api.profit.ChainSource;
import io.minerops.api.profit.DifficultySource;
import io.minerops.api.profit.PriceSource;
import io.minerops.core.market.MarketAccess;
import io.minerops.core.market.MarketSources;
import io.minerops.server.config.MarketConfig;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** The market sources that the settings name. */
public final class MarketWiring {
    private MarketWiring() {}

    /** The price sources of the settings, by failover or as their median. */
    public static PriceSource price(MarketConfig market, InstantSource clock) {
        PriceSource[] sources = market.priceSources().stream()
                .map(name -> priceSource(name, market, clock))
                .toArray(PriceSource[]::new);
        return switch (market.priceMethod()) {
            case FAILOVER -> MarketSources.failover(sources);
            case MEDIAN -> MarketSources.median(sources);
        };
    }

    private static PriceSource priceSource(
            MarketConfig.PriceSourceName name, MarketConfig market, InstantSource clock) {
        MarketAccess access = access(clock);
        return switch (name) {
            case COINGECKO ->
                MarketSources.coinGecko(access.withBaseUrl(market.coinGecko()).withKey(market.coinGeckoKey()));
            case COINCAP ->
                MarketSources.coinCap(access.withBaseUrl(market.coinCap()).withKey(market.coinCapKey()));
            case MEMPOOL -> MarketSources.mempoolPrice(access.withBaseUrl(market.mempool()));
            case KRAKEN -> MarketSources.kraken(access.withBaseUrl(market.kraken()));
            case COINBASE -> MarketSources.coinbase(access.withBaseUrl(market.coinbase()));
        };
    }

    /** One's own node where there is one, then blockchain.info, then mempool.space. */
    public static DifficultySource difficulty(MarketConfig market, InstantSource clock) {
        List<DifficultySource> sources = new ArrayList<>();
        MarketConfig.Node node = market.node();
        if (node != null) {
            sources.add(MarketSources.nodeDifficulty(access(clock).withBaseUrl(node.url()), login(node)));
        }
        sources.add(MarketSources.blockchainInfo(access(clock).withBaseUrl(market.blockchainInfo())));
        sources.add(MarketSources.mempoolDifficulty(access(clock).withBaseUrl(market.mempool())));
        return MarketSources.failover(sources.toArray(DifficultySource[]::new));
    }

    /** One's own node where there is one, then mempool.space. */
    public static List<ChainSource> chain(MarketConfig market, InstantSource clock) {
        List<ChainSource> sources = new ArrayList<>();
        MarketConfig.Node node = market.node();
        if (node != null) {
            sources.add(MarketSources.nodeChain(access(clock).withBaseUrl(node.url()), login(node)));
        }
        sources.add(MarketSources.mempoolChain(access(clock).withBaseUrl(market.mempool())));
        return sources;
    }

    private static MarketAccess access(InstantSource clock) {
        return MarketAccess.publicHost().withClock(clock);
    }

    private static Supplier<Secret> login(MarketConfig.Node node) {
        Path cookie = node.cookie();
        if (cookie != null) {
            return MarketSources.cookie(cookie);
        }
        Secret login = Secret.of(node.user() + ":"
                + Objects.requireNonNull(node.password(), "password").reveal());
        return () -> login;
    }
}
