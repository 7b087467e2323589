package io.minerops.core.contract;

import io.minerops.api.profit.ChainSource;
import io.minerops.api.profit.DifficultySource;
import io.minerops.api.profit.Epoch;
import io.minerops.api.profit.PriceSource;
import io.minerops.core.market.MarketAccess;
import io.minerops.core.market.MarketSources;
import io.minerops.core.network.CompactBits;
import io.minerops.testkit.contract.ChainSourceContract;
import io.minerops.testkit.contract.DifficultySourceContract;
import io.minerops.testkit.contract.PriceSourceContract;
import io.minerops.testkit.market.Endpoint;
import io.minerops.testkit.market.FakeMarket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** The contracts of the market's sources, over each service that is known. */
class MarketContractTest {
    abstract static class OfMarketPrice extends PriceSourceContract {
        private final FakeMarket market = FakeMarket.start();

        abstract PriceSource source(FakeMarket of);

        abstract Endpoint endpoint();

        @Override
        protected PriceSource source() {
            return source(market);
        }

        @Override
        protected void serviceGives(double usd) {
            market.recover(endpoint());
            market.btcPrice(usd);
        }

        @Override
        protected void serviceFails() {
            market.fail(endpoint(), 503);
        }

        @AfterEach
        void closeMarket() {
            market.close();
        }
    }

    abstract static class OfMarketDifficulty extends DifficultySourceContract {
        private final FakeMarket market = FakeMarket.start();

        abstract DifficultySource source(FakeMarket of);

        abstract Endpoint endpoint();

        @Override
        protected DifficultySource source() {
            return source(market);
        }

        @Override
        protected void serviceGives(double difficulty) {
            market.recover(endpoint());
            market.difficulty(difficulty);
        }

        @Override
        protected void serviceFails() {
            market.fail(endpoint(), 502);
        }

        @AfterEach
        void closeMarket() {
            market.close();
        }
    }

    @Nested
    class CoinGecko_price extends OfMarketPrice {
        @Override
        protected PriceSource source(FakeMarket market) {
            return MarketSources.coinGecko(MarketAccess.publicHost().withBaseUrl(market.coinGecko()));
        }

        @Override
        protected Endpoint endpoint() {
            return Endpoint.COIN_GECKO_PRICE;
        }
    }

    @Nested
    class CoinCap_price extends OfMarketPrice {
        @Override
        protected PriceSource source(FakeMarket market) {
            return MarketSources.coinCap(MarketAccess.publicHost().withBaseUrl(market.coinCap()));
        }

        @Override
        protected Endpoint endpoint() {
            return Endpoint.COIN_CAP_V2_ASSET;
        }
    }

    @Nested
    class MempoolSpace_price extends OfMarketPrice {
        @Override
        protected PriceSource source(FakeMarket market) {
            return MarketSources.mempoolPrice(MarketAccess.publicHost().withBaseUrl(market.mempoolSpace()));
        }

        @Override
        protected Endpoint endpoint() {
            return Endpoint.MEMPOOL_SPACE_PRICES;
        }
    }

    @Nested
    class MempoolSpace_chain extends ChainSourceContract {
        private final FakeMarket market = FakeMarket.start();

        @Override
        protected ChainSource source() {
            return MarketSources.mempoolChain(MarketAccess.publicHost().withBaseUrl(market.mempoolSpace()));
        }

        @Override
        protected void serviceGives(long height, double meanFeesBtc, Epoch epoch) {
            market.recover(Endpoint.MEMPOOL_SPACE_REWARDS);
            market.height(height);
            market.blockFees(meanFeesBtc);
            market.retargets(List.of(epoch), known -> CompactBits.difficulty(known.bits()));
        }

        @Override
        protected void serviceFails() {
            market.fail(Endpoint.MEMPOOL_SPACE_REWARDS, 502);
        }

        @AfterEach
        void closeMarket() {
            market.close();
        }
    }

    @Nested
    class BlockchainInfo_difficulty extends OfMarketDifficulty {
        @Override
        protected DifficultySource source(FakeMarket market) {
            return MarketSources.blockchainInfo(MarketAccess.publicHost().withBaseUrl(market.blockchainInfo()));
        }

        @Override
        protected Endpoint endpoint() {
            return Endpoint.BLOCKCHAIN_INFO_DIFFICULTY;
        }
    }

    @Nested
    class MempoolSpace_difficulty extends OfMarketDifficulty {
        @Override
        protected DifficultySource source(FakeMarket market) {
            return MarketSources.mempoolDifficulty(MarketAccess.publicHost().withBaseUrl(market.mempoolSpace()));
        }

        @Override
        protected Endpoint endpoint() {
            return Endpoint.MEMPOOL_SPACE_HASHRATE;
        }
    }
}
