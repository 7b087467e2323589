package io.minerops.server.config;

import io.minerops.api.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where price, difficulty and chain come from. An address is null for the public host of the service.
 *
 * @param priceSources the price sources in the order of use, one or more, all of which can be used
 * @param node one's own Bitcoin Core node; null for none
 * @param cacheFile keeps the values over restarts; null for none
 */
public record MarketConfig(
        List<PriceSourceName> priceSources,
        PriceMethod priceMethod,
        @Nullable URI coinGecko,
        @Nullable Secret coinGeckoKey,
        @Nullable URI coinCap,
        @Nullable Secret coinCapKey,
        @Nullable URI kraken,
        @Nullable URI coinbase,
        @Nullable URI blockchainInfo,
        @Nullable URI mempool,
        @Nullable Node node,
        @Nullable Path cacheFile) {
    private static final int MIN_FOR_MEDIAN = 3;

    /** A price source by its name in the settings. */
    public enum PriceSourceName {
        COINGECKO,
        COINCAP,
        MEMPOOL,
        KRAKEN,
        COINBASE
    }

    /** How one price is made of several. */
    public enum PriceMethod {
        FAILOVER,
        MEDIAN
    }

    /**
     * A Bitcoin Core node.
     *
     * @param cookie the file of its login; null where there is a user
     * @param user null, with the password, where there is a cookie
     */
    public record Node(
            URI url,
            @Nullable Path cookie,
            @Nullable String user,
            @Nullable Secret password) {}

    static MarketConfig read(SettingValues values) {
        return new MarketConfig(
                priceSources(values),
                values.get(MarketSettings.PRICE_METHOD),
                values.find(MarketSettings.COINGECKO),
                values.find(MarketSettings.COINGECKO_KEY),
                values.find(MarketSettings.COINCAP),
                values.find(MarketSettings.COINCAP_KEY),
                values.find(MarketSettings.KRAKEN),
                values.find(MarketSettings.COINBASE),
                values.find(MarketSettings.BLOCKCHAIN_INFO),
                values.find(MarketSettings.MEMPOOL),
                node(values),
                values.says(MarketSettings.CACHE_FILE) ? values.path(MarketSettings.CACHE_FILE) : null);
    }

    private static List<PriceSourceName> priceSources(SettingValues values) {
        boolean coinCap = values.says(MarketSettings.COINCAP) || values.says(MarketSettings.COINCAP_KEY);
        List<PriceSourceName> usable = values.get(MarketSettings.PRICE_SOURCES).stream()
                .filter(name -> name != PriceSourceName.COINCAP || coinCap)
                .toList();
        boolean median = values.get(MarketSettings.PRICE_METHOD) == PriceMethod.MEDIAN;
        int needed = median ? MIN_FOR_MEDIAN : 1;
        if (usable.size() < needed) {
            values.problem(
                    MarketSettings.PRICE_SOURCES,
                    "names " + usable.size() + " sources that can be used",
                    median ? "three or more for PRICE_METHOD=median" : "one or more; coincap requires COINCAP_API_KEY");
        }
        return usable;
    }

    private static @Nullable Node node(SettingValues values) {
        URI url = values.find(MarketSettings.NODE);
        Path cookie = values.says(MarketSettings.NODE_COOKIE) ? values.path(MarketSettings.NODE_COOKIE) : null;
        String user = values.find(MarketSettings.NODE_USER);
        Secret password = values.find(MarketSettings.NODE_PASSWORD);
        boolean byUser = values.says(MarketSettings.NODE_USER);
        boolean byCookie = values.says(MarketSettings.NODE_COOKIE);
        if (byUser != values.says(MarketSettings.NODE_PASSWORD)) {
            values.problem(
                    MarketSettings.NODE_USER,
                    "needs BITCOIN_NODE_PASSWORD, and BITCOIN_NODE_PASSWORD needs it",
                    "both, or neither");
        }
        if (values.says(MarketSettings.NODE) && byUser == byCookie) {
            values.problem(
                    MarketSettings.NODE,
                    byUser ? "has two logins" : "has no login",
                    "BITCOIN_NODE_COOKIE, or BITCOIN_NODE_USER and BITCOIN_NODE_PASSWORD");
        }
        if (!values.says(MarketSettings.NODE) && (byUser || byCookie)) {
            values.problem(
                    byUser ? MarketSettings.NODE_USER : MarketSettings.NODE_COOKIE,
                    "is set, but BITCOIN_NODE_URL is absent",
                    "both, or neither");
        }
        return url == null ? null : new Node(url, cookie, user, password);
    }
}
