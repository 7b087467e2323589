package io.minerops.server.config;

import static io.minerops.server.config.Setting.setting;
import static io.minerops.server.config.SettingTypes.baseUrl;
import static io.minerops.server.config.SettingTypes.choice;
import static io.minerops.server.config.SettingTypes.list;
import static io.minerops.server.config.SettingTypes.secret;
import static io.minerops.server.config.SettingTypes.serviceKey;
import static io.minerops.server.config.SettingTypes.text;

import io.minerops.api.Secret;
import io.minerops.server.config.MarketConfig.PriceMethod;
import io.minerops.server.config.MarketConfig.PriceSourceName;
import java.net.URI;
import java.util.List;

/** The settings of price, difficulty and chain. */
final class MarketSettings {
    static final Setting<List<PriceSourceName>> PRICE_SOURCES = setting(
            "PRICE_SOURCES",
            "coingecko, coincap, mempool",
            "price sources in the order of use, comma-separated; coincap is left out without a key or URL of its own",
            list(choice(PriceSourceName.class)));
    static final Setting<PriceMethod> PRICE_METHOD = setting(
            "PRICE_METHOD",
            "failover",
            "use of PRICE_SOURCES: the first that answers, or the median of three or more without outliers",
            choice(PriceMethod.class));
    static final Setting<URI> COINGECKO =
            setting("COINGECKO_URL", null, "base URL of CoinGecko; default: the public host", baseUrl());
    static final Setting<Secret> COINGECKO_KEY = setting(
                    "COINGECKO_API_KEY",
                    null,
                    "demo key of CoinGecko, which allows more requests; default: none",
                    serviceKey())
            .asSecret();
    static final Setting<URI> COINCAP =
            setting("COINCAP_URL", null, "base URL of CoinCap; default: the public host", baseUrl());
    static final Setting<Secret> COINCAP_KEY = setting(
                    "COINCAP_API_KEY",
                    null,
                    "API key of CoinCap; CoinCap is used only with a key or COINCAP_URL",
                    serviceKey())
            .asSecret();
    static final Setting<URI> KRAKEN =
            setting("KRAKEN_URL", null, "base URL of Kraken; default: the public host", baseUrl());
    static final Setting<URI> COINBASE =
            setting("COINBASE_URL", null, "base URL of Coinbase; default: the public host", baseUrl());
    static final Setting<URI> BLOCKCHAIN_INFO =
            setting("BLOCKCHAIN_INFO_URL", null, "base URL of blockchain.info; default: the public host", baseUrl());
    static final Setting<URI> MEMPOOL =
            setting("MEMPOOL_URL", null, "base URL of mempool.space; default: the public host", baseUrl());
    static final Setting<URI> NODE = setting(
            "BITCOIN_NODE_URL",
            null,
            "RPC address of a Bitcoin Core node, such as http://127.0.0.1:8332, which is queried before the public sources for"
                    + " difficulty, height and fees; default: none",
            baseUrl());
    static final Setting<String> NODE_COOKIE =
            setting("BITCOIN_NODE_COOKIE", null, "file .cookie of that node, its login", text("the path of a file"));
    static final Setting<String> NODE_USER =
            setting("BITCOIN_NODE_USER", null, "RPC user of that node, instead of the cookie", text("a user name"));
    static final Setting<Secret> NODE_PASSWORD = setting(
                    "BITCOIN_NODE_PASSWORD", null, "RPC password of that user", secret())
            .asSecret();
    static final Setting<String> CACHE_FILE = setting(
            "MARKET_CACHE_FILE",
            null,
            "file that keeps the last price, difficulty, height and fees over restarts; default: none",
            text("the path of a file"));

    private MarketSettings() {}
}
