package io.minerops.server.http.guard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Counts requests per client in windows of a minute that begin with the client's first request. The table is bounded: of
 * more clients than it holds, the ones least seen are forgotten.
 */
public final class RateLimiter {
    /** The most clients that are remembered at once. */
    private static final int MAX_CLIENTS = 10_000;

    private static final long WINDOW_NANOS = Duration.ofMinutes(1).toNanos();

    private final int perMinute;
    private final LongSupplier nanoTime;
    private final Cache<String, Window> windows;

    /**
     * A limiter.
     *
     * @param perMinute the most requests of one client in a minute; 0 for any number
     * @param nanoTime a clock that never steps back, ns
     */
    public RateLimiter(int perMinute, LongSupplier nanoTime) {
        this.perMinute = perMinute;
        this.nanoTime = nanoTime;
        this.windows = Caffeine.newBuilder()
                .maximumSize(MAX_CLIENTS)
                .expireAfterWrite(Duration.ofNanos(WINDOW_NANOS))
                .ticker(nanoTime::getAsLong)
                // a few steps of housekeeping, which waking another thread would cost more than
                .executor(Runnable::run)
                .build();
    }

    /** Counts a request of the client; how long it must wait where that was one too many. */
    public Optional<Duration> excess(String client) {
        if (perMinute == 0) {
            return Optional.empty();
        }
        long now = nanoTime.getAsLong();
        Window window = windows.asMap()
                .compute(
                        client,
                        (key, old) -> old == null || now - old.startNanos >= WINDOW_NANOS
                                ? new Window(now, 1)
                                : new Window(old.startNanos, Math.min(old.requests, perMinute) + 1));
        return window.requests <= perMinute
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(window.startNanos + WINDOW_NANOS - now));
    }

    /** How long the client must wait where another request would be one too many; counts nothing. */
    Optional<Duration> wait(String client) {
        Window window = windows.getIfPresent(client);
        long left = window == null ? 0 : window.startNanos + WINDOW_NANOS - nanoTime.getAsLong();
        return window == null || perMinute == 0 || window.requests < perMinute || left <= 0
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(left));
    }

    private record Window(long startNanos, int requests) {}
}
