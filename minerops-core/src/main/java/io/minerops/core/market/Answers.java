package io.minerops.core.market;

import io.minerops.api.profit.MarketException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Responses of any source: each error is a failed stage with a failure that can be shown. */
final class Answers {
    /** The longest account of one source's failure, characters. */
    private static final int MAX_CHARACTERS = 256;

    private Answers() {}

    /** Queries; a query that throws or gives no stage or no value is a failed stage, as one that fails is. */
    static <V> CompletableFuture<V> to(Supplier<CompletionStage<V>> query) {
        try {
            return query.get()
                    .thenApply(value -> Objects.requireNonNull(value, "value"))
                    .toCompletableFuture();
        } catch (RuntimeException thrown) {
            return CompletableFuture.failedFuture(thrown);
        }
    }

    /** The failure without the wrapping that stages add. */
    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /**
     * The account of a source's failure. Only the message of a MarketException is shown: its contract keeps keys out of
     * it, and nothing does so for others.
     */
    static String account(String source, Throwable failure) {
        Throwable cause = cause(failure);
        String message = cause instanceof MarketException && cause.getMessage() != null
                ? cause.getMessage()
                : "failed with " + cause.getClass().getSimpleName();
        String named = message.startsWith(source) ? message : source + ": " + message;
        return named.length() <= MAX_CHARACTERS ? named : named.substring(0, MAX_CHARACTERS) + "…";
    }
}
