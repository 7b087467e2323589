package io.minerops.core.market;

import io.minerops.api.profit.Difficulty;
import io.minerops.api.profit.DifficultySource;
import io.minerops.core.market.MarketCache.CachePolicy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A difficulty source that remembers. A difficulty is given for its time to live without another request; then one question
 * goes out, whose answer all callers share. Where it fails, the last difficulty is given, marked stale and with the time
 * it was fetched, and no question goes out until the back-off is over; without any last one the stage fails.
 */
public final class CachedDifficultySource implements DifficultySource {
    /**
     * How long a difficulty is given without another request, by default. It changes every 2,016 blocks, about
     * two weeks.
     */
    public static final Duration DEFAULT_TIME_TO_LIVE = Duration.ofMinutes(30);

    /** Default pause after a failure. */
    public static final Duration DEFAULT_BACK_OFF = Duration.ofSeconds(30);

    /** There is one network, so one thing to remember. */
    private enum Network {
        BITCOIN
    }

    private final DifficultySource source;
    private final MarketCache<Network, Difficulty> cache;

    /** Remembers with the default times. */
    public CachedDifficultySource(DifficultySource source, InstantSource clock) {
        this(source, DEFAULT_TIME_TO_LIVE, DEFAULT_BACK_OFF, clock);
    }

    /**
     * Remembers.
     *
     * @param timeToLive how long a difficulty is given without another request, above 0
     * @param backOff how long no question goes out after a failure, above 0
     */
    public CachedDifficultySource(DifficultySource source, Duration timeToLive, Duration backOff, InstantSource clock) {
        this.source = source;
        CachePolicy policy = new CachePolicy(timeToLive, backOff, MarketCache.FETCH_TIMEOUT);
        cache = new MarketCache<>(source.name(), network -> source.difficulty(), Difficulty::asStale, policy, clock);
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public CompletionStage<Difficulty> difficulty() {
        return cache.get(Network.BITCOIN);
    }

    /**
     * The last difficulty, marked stale where its time is over or the last attempt failed; empty without any. Sends
     * no request.
     */
    public Optional<Difficulty> peek() {
        return cache.peek(Network.BITCOIN);
    }

    /** How the difficulty stands. Sends no request. */
    public MarketStatus status() {
        String lastError = cache.lastError(Network.BITCOIN);
        return peek().map(value -> new MarketStatus(value.source(), value.fetchedAt(), value.stale(), lastError))
                .orElseGet(() -> new MarketStatus(name(), null, false, lastError));
    }
}
