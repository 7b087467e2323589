package io.minerops.core.market;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import io.minerops.api.profit.ChainSource;
import io.minerops.api.profit.Difficulty;
import io.minerops.api.profit.DifficultySource;
import io.minerops.api.profit.PriceSource;
import io.minerops.api.profit.Quote;
import java.time.InstantSource;
import java.util.Currency;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Price and difficulty sources, and how to combine them. Each request goes to the service; {@link MarketData} caches. */
public final class MarketSources {
    private static final String GIVEN = "given";

    private MarketSources() {}

    /**
     * Queries sources in the given order until one responds. Nothing is cached: each query starts with the first.
     * Where none answers, the exception names what each did.
     *
     * @param sources one or more
     * @throws InvalidArgumentException if there is none
     */
    public static PriceSource failover(PriceSource... sources) {
        Failover<PriceSource, Quote> failover = new Failover<>("price", List.of(sources), PriceSource::name);
        return new PriceSource() {
            @Override
            public String name() {
                return failover.names();
            }

            @Override
            public CompletionStage<Quote> btcPrice(Currency currency) {
                return failover.call(source -> source.btcPrice(currency));
            }
        };
    }

    /**
     * Queries sources in the given order until one responds, as {@link #failover(PriceSource...)} does.
     *
     * @param sources one or more
     * @throws InvalidArgumentException if there is none
     */
    public static DifficultySource failover(DifficultySource... sources) {
        Failover<DifficultySource, Difficulty> failover =
                new Failover<>("difficulty", List.of(sources), DifficultySource::name);
        return new DifficultySource() {
            @Override
            public String name() {
                return failover.names();
            }

            @Override
            public CompletionStage<Difficulty> difficulty() {
                return failover.call(DifficultySource::difficulty);
            }
        };
    }

    /**
     * A fixed price, the same at any time and in every currency; its source is {@code given}.
     *
     * @param price what a bitcoin costs, above 0
     * @param clock the time of the query, which counts as the time of fetching
     * @throws InvalidArgumentException ({@code btc_price}) if the price is not above 0
     */
    public static PriceSource fixedPrice(double price, InstantSource clock) {
        Check.absentOrPositive("btc_price", price);
        return new PriceSource() {
            @Override
            public String name() {
                return GIVEN;
            }

            @Override
            public CompletionStage<Quote> btcPrice(Currency currency) {
                return CompletableFuture.completedFuture(new Quote(price, currency, GIVEN, clock.instant(), false));
            }
        };
    }

    /**
     * A fixed difficulty, the same at any time; its source is {@code given}.
     *
     * @param value the difficulty, at least 1
     * @param clock the time of the query, which counts as the time of fetching
     * @throws InvalidArgumentException ({@code difficulty}) if it is below 1
     */
    public static DifficultySource fixedDifficulty(double value, InstantSource clock) {
        Check.atLeast("difficulty", value, 1);
        return new DifficultySource() {
            @Override
            public String name() {
                return GIVEN;
            }

            @Override
            public CompletionStage<Difficulty> difficulty() {
                return CompletableFuture.completedFuture(new Difficulty(value, GIVEN, clock.instant(), false));
            }
        };
    }

    /** The price of CoinGecko; works without a key. */
    public static PriceSource coinGecko(MarketAccess access) {
        return new CoinGecko(access);
    }

    /** The price of CoinCap, which requires a key at its public host. */
    public static PriceSource coinCap(MarketAccess access) {
        return new CoinCap(access);
    }

    /** The price of mempool.space; works without a key. */
    public static PriceSource mempoolPrice(MarketAccess access) {
        return new MempoolSpace(access);
    }

    /** The difficulty of mempool.space; works without a key. */
    public static DifficultySource mempoolDifficulty(MarketAccess access) {
        return new MempoolSpace(access);
    }

    /** The difficulty of blockchain.info; works without a key. */
    public static DifficultySource blockchainInfo(MarketAccess access) {
        return new BlockchainInfo(access);
    }

    /** The height, fees and changes of difficulty of mempool.space; works without a key. */
    public static ChainSource mempoolChain(MarketAccess access) {
        return new MempoolSpace(access);
    }

    /** The public price sources that need no key: CoinGecko, then mempool.space. */
    public static PriceSource publicPrice(MarketAccess access) {
        return failover(new CoinGecko(access), new MempoolSpace(access));
    }

    /** The public sources of difficulty: blockchain.info, then mempool.space. */
    public static DifficultySource publicDifficulty(MarketAccess access) {
        return failover(new BlockchainInfo(access), new MempoolSpace(access));
    }
}
