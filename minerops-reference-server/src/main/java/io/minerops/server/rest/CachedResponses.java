package io.minerops.server.rest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.server.http.ApiRequest;
import io.minerops.server.http.Reply;
import io.minerops.server.http.RouteHandler;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers about the whole fleet, which changes once per poll: each is made once for a snapshot and a question, written and
 * compressed once, and sent to all clients. Ages grow without any poll, so a response is also rebuilt when it
 * is older than its maker allows. What is kept is bounded in bytes, and forgotten without requests.
 */
final class CachedResponses {
    private static final int MAX_BYTES = 8 * 1024 * 1024;
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(2);

    private final Cache<Object, Kept> kept = Caffeine.newBuilder()
            .maximumWeight(MAX_BYTES)
            .weigher((Object query, Kept answer) -> answer.reply().body().size())
            .expireAfterAccess(FORGOTTEN_AFTER)
            // a few steps of housekeeping, which waking another thread would cost more than
            .executor(Runnable::run)
            .build();

    /** Distinguishes versions of this process from those of another, whose numbers start again. */
    private final String process =
            HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());

    private final LongSupplier nanoTime;
    private @Nullable FleetSnapshot last;
    private long number;

    /**
     * Nothing is kept yet.
     *
     * @param nanoTime a clock that never steps back, ns
     */
    CachedResponses(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Answers requests from what is kept, at once where it holds.
     *
     * @param fleet the fleet now
     * @param holds how long an answer holds for the same fleet
     * @param query reads the request, for {@link #get}
     * @param maker makes the answer to a question
     */
    <Q> RouteHandler handler(
            Supplier<FleetSnapshot> fleet,
            Duration holds,
            Function<ApiRequest, Q> query,
            BiFunction<FleetSnapshot, Q, Made> maker) {
        return new RouteHandler() {
            @Override
            public Reply answer(ApiRequest request) {
                Q requested = query.apply(request);
                FleetSnapshot now = fleet.get();
                return get(requested, now, holds, () -> maker.apply(now, requested));
            }

            @Override
            public @Nullable Reply ready(ApiRequest request) {
                Kept known = kept.getIfPresent(query.apply(request));
                return known != null && holds(known, number(fleet.get()), holds) ? known.reply() : null;
            }
        };
    }

    /**
     * The answer to a question, with a version.
     *
     * @param query the request and all inputs of the response but the fleet and the time; by equality
     * @param fleet the fleet; a snapshot that is the same object has not changed
     * @param holds how long an answer holds for the same fleet
     * @param maker makes the answer
     */
    Reply get(Object query, FleetSnapshot fleet, Duration holds, Supplier<Made> maker) {
        long snapshot = number(fleet);
        Kept known = kept.getIfPresent(query);
        if (known == null || !holds(known, snapshot, holds)) {
            // one request makes it, and concurrent equal requests wait for that one
            known = kept.asMap()
                    .compute(
                            query,
                            (key, old) -> old != null && holds(old, snapshot, holds) ? old : make(snapshot, maker));
        }
        return known.reply();
    }

    private Kept make(long snapshot, Supplier<Made> maker) {
        long at = nanoTime.getAsLong();
        Made made = maker.get();
        return new Kept(snapshot, at, made.reply().versioned(process + '-' + snapshot + '-' + made.state()));
    }

    private boolean holds(Kept answer, long snapshot, Duration holds) {
        return answer.snapshot() == snapshot && nanoTime.getAsLong() - answer.madeAtNanos() <= holds.toNanos();
    }

    private synchronized long number(FleetSnapshot fleet) {
        if (fleet != last) {
            last = fleet;
            number++;
        }
        return number;
    }

    /**
     * An answer.
     *
     * @param reply the answer
     * @param state what in it, other than ages, changes with the time while the fleet does not
     */
    record Made(Reply reply, long state) {}

    private record Kept(long snapshot, long madeAtNanos, Reply reply) {}
}
