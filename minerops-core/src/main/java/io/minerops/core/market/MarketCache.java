package io.minerops.core.market;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.minerops.api.internal.Check;
import io.minerops.api.profit.MarketException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the last outcome per key: a value for its time to live, a failure for its back-off, during which the last
 * good value is given, marked stale. Callers that come while a question is out share its answer. Thread-safe.
 */
final class MarketCache<K, V> {
    /** The longest that sources may take together, so that one that never answers does not block all callers. */
    static final Duration FETCH_TIMEOUT = Duration.ofMinutes(1);

    /** The most keys that are remembered; there are some 200 currencies. */
    private static final int MAX_KEYS = 512;

    /** How long what was learnt at {@code at} is kept, and what a caller gets meanwhile. */
    private record Outcome<V>(Instant at, Duration keepFor, CompletableFuture<V> answer) {}

    /** The last good value and what went wrong since. */
    private record Known<V>(@Nullable V value, @Nullable String lastError) {}

    private final String source;
    private final Function<K, CompletionStage<V>> fetch;
    private final UnaryOperator<V> asStale;
    private final CachePolicy policy;
    private final InstantSource clock;
    private final Cache<K, Outcome<V>> outcomes;
    private final Map<K, CompletableFuture<V>> inFlight = new ConcurrentHashMap<>();
    private final Map<K, Known<V>> known = new ConcurrentHashMap<>();
    private volatile Runnable afterSuccess = () -> {};

    MarketCache(
            String source,
            Function<K, CompletionStage<V>> fetch,
            UnaryOperator<V> asStale,
            CachePolicy policy,
            InstantSource clock) {
        this.source = source;
        this.fetch = fetch;
        this.asStale = asStale;
        this.policy = policy;
        this.clock = clock;
        Instant origin = clock.instant();
        outcomes = Caffeine.newBuilder()
                .maximumSize(MAX_KEYS)
                .expireAfter(Expiry.<K, Outcome<V>>writing((key, outcome) -> outcome.keepFor()))
                .ticker(() -> Duration.between(origin, clock.instant()).toNanos())
                .executor(Runnable::run)
                .build();
    }

    /** How long outcomes are kept. */
    record CachePolicy(Duration timeToLive, Duration backOff, Duration fetchTimeout) {
        CachePolicy {
            Check.positive("time_to_live", timeToLive);
            Check.positive("back_off", backOff);
            Check.positive("fetch_timeout", fetchTimeout);
        }
    }

    /** Sets what is run after each value that was fetched. */
    void afterSuccess(Runnable action) {
        afterSuccess = action;
    }

    /** Takes a value of an earlier run, as old as it is. */
    void restore(K key, V value, Instant fetchedAt) {
        known.put(key, new Known<>(value, null));
        Duration left = Duration.between(clock.instant(), fetchedAt.plus(policy.timeToLive()));
        boolean past = !fetchedAt.isAfter(clock.instant());
        if (past && left.compareTo(Duration.ZERO) > 0) {
            remember(key, left, CompletableFuture.completedFuture(value));
        }
    }

    /** The last good values. */
    List<V> values() {
        List<V> values = new ArrayList<>();
        known.values().forEach(state -> {
            V value = state.value();
            if (value != null) {
                values.add(value);
            }
        });
        return values;
    }

    CompletionStage<V> get(K key) {
        CompletableFuture<V> remembered = remembered(key);
        if (remembered != null) {
            return remembered.copy();
        }
        CompletableFuture<V> mine = new CompletableFuture<>();
        CompletableFuture<V> theirs = inFlight.putIfAbsent(key, mine);
        if (theirs != null) {
            return theirs.copy();
        }
        // an answer may have come between the first look and the claim
        return settled(key, mine, remembered(key));
    }

    /** Whatever the fetch throws, the claim ends: one that stays would keep all later calls waiting for good. */
    private CompletionStage<V> settled(K key, CompletableFuture<V> mine, @Nullable CompletableFuture<V> meanwhile) {
        CompletableFuture<V> answer;
        try {
            answer = meanwhile != null ? meanwhile : fetch(key);
        } catch (RuntimeException | Error e) {
            answer = CompletableFuture.failedFuture(e);
        }
        return answer.whenComplete((value, failure) -> {
                    // the outcome is remembered by now: a caller without a pending query finds the outcome
                    inFlight.remove(key, mine);
                    if (failure == null) {
                        mine.complete(value);
                    } else {
                        mine.completeExceptionally(Answers.cause(failure));
                    }
                })
                .copy();
    }

    /** The last good value, marked stale where its time is over; sends no request. */
    Optional<V> peek(K key) {
        Known<V> state = known.get(key);
        if (state == null || state.value() == null) {
            return Optional.empty();
        }
        boolean fresh = state.lastError() == null && remembered(key) != null;
        return Optional.of(fresh ? state.value() : asStale.apply(state.value()));
    }

    /**
     * How the value of a key stands; sends no request.
     *
     * @param ofValue the status of a value, without the last error
     */
    MarketStatus status(K key, Function<V, MarketStatus> ofValue) {
        Known<V> state = known.get(key);
        MarketStatus status = peek(key).map(ofValue).orElseGet(() -> new MarketStatus(source, null, false, null));
        return new MarketStatus(
                status.source(), status.fetchedAt(), status.stale(), state == null ? null : state.lastError());
    }

    private @Nullable CompletableFuture<V> remembered(K key) {
        Outcome<V> outcome = outcomes.getIfPresent(key);
        // after the clock stepped back, nothing says how old the outcome is
        return outcome == null || outcome.at().isAfter(clock.instant()) ? null : outcome.answer();
    }

    private CompletableFuture<V> fetch(K key) {
        return Answers.to(() -> fetch.apply(key))
                .copy()
                .orTimeout(policy.fetchTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(value -> succeeded(key, value))
                .exceptionallyCompose(failure -> failed(key, Answers.cause(failure)));
    }

    private V succeeded(K key, V value) {
        known.put(key, new Known<>(value, null));
        remember(key, policy.timeToLive(), CompletableFuture.completedFuture(value));
        afterSuccess.run();
        return value;
    }

    private CompletableFuture<V> failed(K key, Throwable cause) {
        MarketException error = cause instanceof MarketException market
                ? market
                : new MarketException(Answers.account(source, cause), cause);
        Known<V> before = known.get(key);
        V last = before == null ? null : before.value();
        known.put(key, new Known<>(last, Answers.account(source, error)));
        CompletableFuture<V> answer = last == null
                ? CompletableFuture.failedFuture(error)
                : CompletableFuture.completedFuture(asStale.apply(last));
        remember(key, policy.backOff(), answer);
        return answer;
    }

    private void remember(K key, Duration keepFor, CompletableFuture<V> answer) {
        outcomes.put(key, new Outcome<>(clock.instant(), keepFor, answer));
    }
}
