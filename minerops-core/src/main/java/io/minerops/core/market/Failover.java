package io.minerops.core.market;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.profit.MarketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Queries one source after the other until one responds. */
final class Failover<S, V> {
    private final String quantity;
    private final List<S> sources;
    private final Function<S, String> nameOf;

    Failover(String quantity, List<S> sources, Function<S, String> nameOf) {
        if (sources.isEmpty()) {
            throw new InvalidArgumentException("sources", "sources must be one or more, not none");
        }
        this.quantity = quantity;
        this.sources = sources;
        this.nameOf = nameOf;
    }

    String names() {
        return sources.stream().map(nameOf).collect(Collectors.joining(", "));
    }

    CompletionStage<V> call(Function<S, CompletionStage<V>> query) {
        return call(0, query, new ArrayList<>());
    }

    /** {@code failures} passes from stage to stage, never used by two at a time. */
    private CompletableFuture<V> call(int index, Function<S, CompletionStage<V>> query, List<Throwable> failures) {
        if (index == sources.size()) {
            return CompletableFuture.failedFuture(noneAnswered(failures));
        }
        return Answers.to(() -> query.apply(sources.get(index))).exceptionallyCompose(failure -> {
            failures.add(Answers.cause(failure));
            return call(index + 1, query, failures);
        });
    }

    private MarketException noneAnswered(List<Throwable> failures) {
        List<String> accounts = new ArrayList<>();
        for (int i = 0; i < failures.size(); i++) {
            accounts.add(Answers.account(nameOf.apply(sources.get(i)), failures.get(i)));
        }
        MarketException none =
                new MarketException("no " + quantity + " from any source: " + String.join("; ", accounts));
        failures.forEach(none::addSuppressed);
        return none;
    }
}
