package io.minerops.core.contract;

import io.minerops.api.profit.DifficultySource;
import io.minerops.api.profit.PriceSource;
import io.minerops.core.market.BlockchainInfo;
import io.minerops.core.market.CoinCap;
import io.minerops.core.market.CoinGecko;
import io.minerops.core.market.MempoolSpace;
import io.minerops.testkit.contract.DifficultySourceContract;
import io.minerops.testkit.contract.PriceSourceContract;
import io.minerops.testkit.market.Endpoint;
import io.minerops.testkit.market.FakeMarket;
import org.junit.jupiter.api.Nested;

/** The contracts of the market's sources, over each service that is known. */
class MarketContractTest {
    @Nested
    class CoinGecko_price extends PriceSourceContract {
        @Override
        protected PriceSource source(FakeMarket market) {
            return new CoinGecko(market.coinGecko());
        }

        @Override
        protected Endpoint endpoint() {
            return Endpoint.COIN_GECKO_PRICE;
        }
    }

    @Nested
    class CoinCap_price extends PriceSourceContract {
        @Override
        protected PriceSource source(FakeMarket market) {
            return new CoinCap(market.coinCap());
        }

        @Override
        protected Endpoint endpoint() {
            return Endpoint.COIN_CAP_V2_ASSET;
        }
    }

    @Nested
    class MempoolSpace_price extends PriceSourceContract {
        @Override
        protected PriceSource source(FakeMarket market) {
            return new MempoolSpace(market.mempoolSpace());
        }

        @Override
        protected Endpoint endpoint() {
            return Endpoint.MEMPOOL_SPACE_PRICES;
        }
    }

    @Nested
    class BlockchainInfo_difficulty extends DifficultySourceContract {
        @Override
        protected DifficultySource source(FakeMarket market) {
            return new BlockchainInfo(market.blockchainInfo());
        }

        @Override
        protected Endpoint endpoint() {
            return Endpoint.BLOCKCHAIN_INFO_DIFFICULTY;
        }
    }

    @Nested
    class MempoolSpace_difficulty extends DifficultySourceContract {
        @Override
        protected DifficultySource source(FakeMarket market) {
            return new MempoolSpace(market.mempoolSpace());
        }

        @Override
        protected Endpoint endpoint() {
            return Endpoint.MEMPOOL_SPACE_HASHRATE;
        }
    }
}
