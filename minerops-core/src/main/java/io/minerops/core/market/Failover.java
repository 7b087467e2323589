package io.minerops.core.market;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.profit.MarketException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Queries one source after the other until one responds. A source that failed is queried after all others for a while,
 * longer after each further failure. Thread-safe.
 */
final class Failover<S, V> {
    /** How long a source is queried last after its first failure. */
    static final Duration MIN_REST = Duration.ofMinutes(1);

    /** The same after many failures. */
    static final Duration MAX_REST = Duration.ofMinutes(30);

    private final String quantity;
    private final List<S> sources;
    private final Function<S, String> nameOf;
    private final InstantSource clock;
    private final Map<Integer, Rest> resting = new ConcurrentHashMap<>();

    /** A source that failed, and until when it is queried last. */
    private record Rest(Duration length, Instant until) {}

    /** A source that could not answer the query. */
    private record Failed<S>(S source, Throwable failure) {}

    Failover(String quantity, List<S> sources, Function<S, String> nameOf, InstantSource clock) {
        if (sources.isEmpty()) {
            throw new InvalidArgumentException("sources", "sources must be one or more, not none");
        }
        this.quantity = quantity;
        this.sources = sources;
        this.nameOf = nameOf;
        this.clock = clock;
    }

    String names() {
        return sources.stream().map(nameOf).collect(Collectors.joining(", "));
    }

    CompletionStage<V> call(Function<S, CompletionStage<V>> query) {
        return call(order(), query, new ArrayList<>());
    }

    /** {@code failures} passes from stage to stage, never used by two at a time. */
    private CompletableFuture<V> call(
            List<Integer> order, Function<S, CompletionStage<V>> query, List<Failed<S>> failures) {
        if (failures.size() == order.size()) {
            return CompletableFuture.failedFuture(noneAnswered(failures));
        }
        int index = order.get(failures.size());
        S source = sources.get(index);
        return Answers.to(() -> query.apply(source))
                .whenComplete((value, failure) -> remember(index, failure == null))
                .exceptionallyCompose(failure -> {
                    failures.add(new Failed<>(source, Answers.cause(failure)));
                    return call(order, query, failures);
                });
    }

    /** The sources as given, those that rest behind the others. */
    private List<Integer> order() {
        Instant now = clock.instant();
        List<Integer> order = new ArrayList<>();
        List<Integer> last = new ArrayList<>();
        for (int index = 0; index < sources.size(); index++) {
            Rest rest = resting.get(index);
            (rest != null && now.isBefore(rest.until()) ? last : order).add(index);
        }
        order.addAll(last);
        return order;
    }

    private void remember(int index, boolean answered) {
        if (answered) {
            resting.remove(index);
            return;
        }
        Instant now = clock.instant();
        resting.compute(index, (source, before) -> {
            Duration length = before == null ? MIN_REST : before.length().multipliedBy(2);
            Duration limited = length.compareTo(MAX_REST) > 0 ? MAX_REST : length;
            return new Rest(limited, now.plus(limited));
        });
    }

    private MarketException noneAnswered(List<Failed<S>> failures) {
        String accounts = failures.stream()
                .map(failed -> Answers.account(nameOf.apply(failed.source()), failed.failure()))
                .collect(Collectors.joining("; "));
        MarketException none = new MarketException("no " + quantity + " from any source: " + accounts);
        failures.forEach(failed -> none.addSuppressed(failed.failure()));
        return none;
    }
}
