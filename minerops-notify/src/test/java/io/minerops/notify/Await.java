package io.minerops.notify;

import io.minerops.api.notify.Delivery;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for ends, with a limit. */
public final class Await {
    private static final long LIMIT_SECONDS = 20;

    private Await() {}

    public static Delivery delivery(CompletionStage<Delivery> stage) {
        try {
            return stage.toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | InterruptedException | TimeoutException e) {
            throw new AssertionError("no delivery", e);
        }
    }

    public static String failure(CompletionStage<Delivery> stage) {
        if (delivery(stage) instanceof Delivery.Failed failed) {
            return failed.reason();
        }
        throw new AssertionError("not failed but " + delivery(stage));
    }

    public static Delivery.RetryAfter retry(CompletionStage<Delivery> stage) {
        if (delivery(stage) instanceof Delivery.RetryAfter retry) {
            return retry;
        }
        throw new AssertionError("not to be tried again but " + delivery(stage));
    }

    public static void latch(CountDownLatch latch) {
        try {
            if (!latch.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("did not happen in time");
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
