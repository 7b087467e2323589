package io.minerops.core.market;

import io.minerops.api.profit.MarketException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for stages, with a limit. */
final class Await {
    private static final long LIMIT_SECONDS = 20;

    private Await() {}

    static <V> V value(CompletionStage<V> stage) {
        try {
            return stage.toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | InterruptedException | TimeoutException e) {
            throw new AssertionError("no value", e);
        }
    }

    /** The MarketException by which a stage must fail. */
    static MarketException failure(CompletionStage<?> stage) {
        try {
            Object value = stage.toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
            throw new AssertionError("no failure but " + value);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof MarketException failure) {
                return failure;
            }
            throw new AssertionError("another failure", e);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("no failure", e);
        }
    }
}
