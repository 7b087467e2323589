package io.minerops.testkit.market;

/** The questions that a {@link FakeMarket} answers. */
public enum Endpoint {
    /** CoinGecko's {@code /api/v3/simple/price}. */
    COIN_GECKO_PRICE("/api/v3/simple/price"),
    /** CoinCap's {@code /v2/assets/bitcoin}, which needs no key. */
    COIN_CAP_V2_ASSET("/v2/assets/bitcoin"),
    /** CoinCap's {@code /v3/assets/bitcoin}, which needs a key. */
    COIN_CAP_V3_ASSET("/v3/assets/bitcoin"),
    /** blockchain.info's {@code /q/getdifficulty}. */
    BLOCKCHAIN_INFO_DIFFICULTY("/q/getdifficulty"),
    /** mempool.space's {@code /api/v1/prices}. */
    MEMPOOL_SPACE_PRICES("/api/v1/prices"),
    /** mempool.space's {@code /api/v1/mining/hashrate/3d}, which reports the difficulty. */
    MEMPOOL_SPACE_HASHRATE("/api/v1/mining/hashrate/3d"),
    /** mempool.space's {@code /api/v1/mining/reward-stats/144}, which reports the height and the fees. */
    MEMPOOL_SPACE_REWARDS("/api/v1/mining/reward-stats/144"),
    /** mempool.space's {@code /api/v1/mining/difficulty-adjustments/3y}. */
    MEMPOOL_SPACE_RETARGETS("/api/v1/mining/difficulty-adjustments/3y");

    private final String path;

    Endpoint(String path) {
        this.path = path;
    }

    /** Its path, below {@link FakeMarket#baseUrl()}. */
    public String path() {
        return path;
    }
}
