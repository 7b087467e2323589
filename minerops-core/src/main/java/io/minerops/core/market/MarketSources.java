package io.minerops.core.market;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.Secret;
import io.minerops.api.internal.Check;
import io.minerops.api.profit.ChainSource;
import io.minerops.api.profit.Difficulty;
import io.minerops.api.profit.DifficultySource;
import io.minerops.api.profit.MarketException;
import io.minerops.api.profit.PriceSource;
import io.minerops.api.profit.Quote;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Currency;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Price and difficulty sources, and how to combine them. Each request goes to the service; {@link MarketData} caches. */
public final class MarketSources {
    private static final String GIVEN = "given";

    private MarketSources() {}

    /**
     * Queries sources in the given order until one responds. Nothing is cached, but failures are remembered: a source that
     * failed is queried after the others for a minute, and for longer after each further failure, up to 30 minutes. A
     * price of more than three times or less than a third of the last one is not believed until another source confirms
     * it to 5 %, or the same one still gives it after an hour. Where none answers, the exception names what each did.
     *
     * @param sources one or more
     * @throws InvalidArgumentException if there is none
     */
    public static PriceSource failover(PriceSource... sources) {
        return failover(InstantSource.system(), sources);
    }

    static PriceSource failover(InstantSource clock, PriceSource... sources) {
        Failover<PriceSource, Quote> failover = new Failover<>("price", List.of(sources), PriceSource::name, clock);
        PriceGuard guard = new PriceGuard();
        return new PriceSource() {
            @Override
            public String name() {
                return failover.names();
            }

            @Override
            public CompletionStage<Quote> btcPrice(Currency currency) {
                return failover.call(source -> source.btcPrice(currency).thenApply(guard::checked));
            }
        };
    }

    /**
     * Queries sources in the given order until one responds, and remembers failures as
     * {@link #failover(PriceSource...)} does.
     *
     * @param sources one or more
     * @throws InvalidArgumentException if there is none
     */
    public static DifficultySource failover(DifficultySource... sources) {
        Failover<DifficultySource, Difficulty> failover =
                new Failover<>("difficulty", List.of(sources), DifficultySource::name, InstantSource.system());
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

    /**
     * The median of several sources, which are all queried at once. A price that is more than 5 % from the median is left
     * out; where no two are left, the query fails and the exception names what each source gave.
     *
     * @param sources three or more
     * @throws InvalidArgumentException if there are fewer
     */
    public static PriceSource median(PriceSource... sources) {
        return new MedianPrice(List.of(sources));
    }

    /** The last trade at Kraken; works without a key. */
    public static PriceSource kraken(MarketAccess access) {
        return new Kraken(access);
    }

    /** The spot price of Coinbase; works without a key. */
    public static PriceSource coinbase(MarketAccess access) {
        return new Coinbase(access);
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

    /**
     * The difficulty of one's own Bitcoin Core node.
     *
     * @param access the base URL is that of its RPC port; default: {@code http://127.0.0.1:8332}. A key is not used
     * @param login gives {@code user:password} for each request, such as {@link #cookie}
     * @throws InvalidArgumentException ({@code httpClient}) if that of the access follows redirects
     */
    public static DifficultySource nodeDifficulty(MarketAccess access, Supplier<Secret> login) {
        return new BitcoinNode(access, login);
    }

    /** Height, fees and epochs of one's own Bitcoin Core node; as {@link #nodeDifficulty}. */
    public static ChainSource nodeChain(MarketAccess access, Supplier<Secret> login) {
        return new BitcoinNode(access, login);
    }

    /**
     * The login that a Bitcoin Core node writes to its file {@code .cookie} at each start. The file is read for each
     * request; one that cannot be read fails that request.
     */
    public static Supplier<Secret> cookie(Path file) {
        return () -> {
            try {
                return Secret.of(Files.readString(file, StandardCharsets.UTF_8).strip());
            } catch (IOException e) {
                throw new MarketException(BitcoinNode.NAME + ": the cookie file " + file + " cannot be read", e);
            }
        };
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
