package io.minerops.core.market;

import static java.util.Objects.requireNonNull;

import io.minerops.api.profit.ChainSource;
import io.minerops.api.profit.ChainState;
import io.minerops.api.profit.Difficulty;
import io.minerops.api.profit.DifficultySource;
import io.minerops.api.profit.Epoch;
import io.minerops.api.profit.MarketException;
import io.minerops.api.profit.PriceSource;
import io.minerops.api.profit.Quote;
import io.minerops.core.network.EpochTable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The price of a bitcoin, per currency, the difficulty of the network and its chain, each from its source and cached. A value is
 * returned for its time to live without another request; then one request is sent, whose response all callers share.
 * Where it fails, the last value is returned, marked stale and with the time it was fetched, and no request is sent for
 * {@link #BACK_OFF}; without any last value the stage fails with a {@link MarketException}. Thread-safe.
 *
 * <p>{@link io.minerops.core.MinerOps#market()} has one.
 */
public final class MarketData {
    private static final Logger log = LoggerFactory.getLogger(MarketData.class);

    /** How long a price is returned without another request. */
    public static final Duration PRICE_TIME_TO_LIVE = Duration.ofMinutes(5);

    /**
     * How long a difficulty is returned without another request. It changes every 2,016 blocks, about two weeks.
     */
    public static final Duration DIFFICULTY_TIME_TO_LIVE = Duration.ofMinutes(30);

    /** How long the height and the fees are returned without another request: a block comes every ten minutes. */
    public static final Duration CHAIN_TIME_TO_LIVE = Duration.ofMinutes(10);

    /** How long no request is sent after one that failed. */
    public static final Duration BACK_OFF = Duration.ofSeconds(30);

    /** There is one network, so one difficulty to cache. */
    private enum Network {
        BITCOIN
    }

    private final MarketCache<Currency, Quote> prices;
    private final MarketCache<Network, Difficulty> difficulties;
    private final MarketCache<Network, ChainState> chains;
    private final AtomicReference<EpochTable> table = new AtomicReference<>(EpochTable.shipped());
    private final List<Consumer<String>> refusalListeners = new CopyOnWriteArrayList<>();

    /** The values of these sources, without a source of the chain; nothing is requested yet. */
    public MarketData(PriceSource price, DifficultySource difficulty, InstantSource clock) {
        this(price, difficulty, List.of(), clock, MarketCache.FETCH_TIMEOUT);
    }

    /**
     * The values of these sources; nothing is requested yet.
     *
     * @param chain sources of the chain in the order in which they are queried until one answers; none for no chain
     * @param file keeps the values over restarts: read now, and written after each value that was fetched; null for none. A
     *     file that cannot be read or written is logged and otherwise ignored
     */
    public MarketData(
            PriceSource price,
            DifficultySource difficulty,
            List<ChainSource> chain,
            @Nullable Path file,
            InstantSource clock) {
        this(price, difficulty, chain, clock, MarketCache.FETCH_TIMEOUT);
        if (file != null) {
            keepIn(new MarketFile(file));
        }
    }

    MarketData(
            PriceSource price,
            DifficultySource difficulty,
            List<ChainSource> chain,
            InstantSource clock,
            Duration fetchTimeout) {
        prices = new MarketCache<>(
                price.name(),
                price::btcPrice,
                Quote::asStale,
                new MarketCache.CachePolicy(PRICE_TIME_TO_LIVE, BACK_OFF, fetchTimeout),
                clock);
        difficulties = new MarketCache<>(
                difficulty.name(),
                network -> difficulty.difficulty(),
                Difficulty::asStale,
                new MarketCache.CachePolicy(DIFFICULTY_TIME_TO_LIVE, BACK_OFF, fetchTimeout),
                clock);
        ChainFeed feed = chain.isEmpty() ? null : new ChainFeed(List.copyOf(chain), table, clock, this::refused);
        chains = new MarketCache<>(
                feed == null ? "no source" : feed.names(),
                network -> feed == null
                        ? CompletableFuture.failedFuture(new MarketException("no source of the chain is set"))
                        : feed.query(),
                ChainState::asStale,
                new MarketCache.CachePolicy(CHAIN_TIME_TO_LIVE, BACK_OFF, fetchTimeout),
                clock);
    }

    private void keepIn(MarketFile file) {
        MarketFile.Contents before = file.read();
        before.prices().forEach(quote -> prices.restore(quote.currency(), quote, quote.fetchedAt()));
        Difficulty difficulty = before.difficulty();
        if (difficulty != null) {
            difficulties.restore(Network.BITCOIN, difficulty, difficulty.fetchedAt());
        }
        ChainState chain = before.chain();
        if (chain != null) {
            chains.restore(Network.BITCOIN, chain, chain.fetchedAt());
        }
        restoreEpochs(before.epochs());
        Runnable save = () -> file.write(new MarketFile.Contents(
                prices.values(),
                difficulties.values().stream().findFirst().orElse(null),
                chains.values().stream().findFirst().orElse(null),
                addedEpochs()));
        prices.afterSuccess(save);
        difficulties.afterSuccess(save);
        chains.afterSuccess(save);
    }

    /** A file that contradicts the library, such as that of another network, adds nothing. */
    private void restoreEpochs(List<Epoch> epochs) {
        EpochTable restored = epochs();
        try {
            for (Epoch epoch : epochs) {
                restored = restored.with(epoch, "the market file");
            }
            table.set(restored);
        } catch (MarketException contradiction) {
            log.warn("{}", contradiction.getMessage());
        }
    }

    private List<Epoch> addedEpochs() {
        Set<Epoch> shipped = new HashSet<>(EpochTable.shipped().epochs());
        return epochs().epochs().stream()
                .filter(epoch -> !shipped.contains(epoch))
                .toList();
    }

    /**
     * Calls this listener with a message when a source of the chain contradicts the table of epochs and is refused: once, until
     * the source is accepted again.
     */
    public void onRefusal(Consumer<String> listener) {
        refusalListeners.add(listener);
    }

    private void refused(String refusal) {
        refusalListeners.forEach(listener -> listener.accept(refusal));
    }

    /** The price in a currency, from the cache or the source. */
    public CompletionStage<Quote> price(Currency currency) {
        return prices.get(currency);
    }

    /**
     * The last price in a currency, marked stale where its time is over or the last request failed; empty without any.
     * Sends no request.
     */
    public Optional<Quote> lastPrice(Currency currency) {
        return prices.peek(currency);
    }

    /** How the price in a currency stands. Sends no request. */
    public MarketStatus priceStatus(Currency currency) {
        return prices.status(
                currency, quote -> new MarketStatus(quote.source(), quote.fetchedAt(), quote.stale(), null));
    }

    /** The difficulty, from the cache or the source. */
    public CompletionStage<Difficulty> difficulty() {
        return difficulties.get(Network.BITCOIN);
    }

    /**
     * The last difficulty, marked stale where its time is over or the last request failed; empty without any. Sends no
     * request.
     */
    public Optional<Difficulty> lastDifficulty() {
        return difficulties.peek(Network.BITCOIN);
    }

    /**
     * The height of the chain and the fees of its blocks, from the cache or the first source that does not contradict the
     * table of epochs; fails where there is no source.
     */
    public CompletionStage<ChainState> chain() {
        return chains.get(Network.BITCOIN);
    }

    /** The last chain, marked stale where its time is over or the last request failed; empty without any. No request. */
    public Optional<ChainState> lastChain() {
        return chains.peek(Network.BITCOIN);
    }

    /** How the chain stands. Sends no request. */
    public MarketStatus chainStatus() {
        return chains.status(
                Network.BITCOIN, value -> new MarketStatus(value.source(), value.fetchedAt(), value.stale(), null));
    }

    /** The epochs of the library and those that the sources of the chain added. Sends no request. */
    public EpochTable epochs() {
        return requireNonNull(table.get());
    }

    /** How the difficulty stands. Sends no request. */
    public MarketStatus difficultyStatus() {
        return difficulties.status(
                Network.BITCOIN, value -> new MarketStatus(value.source(), value.fetchedAt(), value.stale(), null));
    }
}
