package io.minerops.server.http;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Answers that go on for long, in a bounded number, and of each client too, so that none takes all. Thread-safe. */
final class ClientSlots<T> {
    private static final int RETRY_SECONDS = 30;

    private final int max;
    private final int maxPerClient;
    private final String what;
    private final String advice;

    /** Those that are open, each with the client that it is counted for. */
    private final Map<T, String> open = new ConcurrentHashMap<>();

    private boolean closed;

    /**
     * Slots that are all free.
     *
     * @param max the most that are open at a time, 0 or more
     * @param maxPerClient the most of one client
     * @param what what they are called, in the plural
     * @param advice what a client is to do where all are taken
     */
    ClientSlots(int max, int maxPerClient, String what, String advice) {
        this.max = max;
        this.maxPerClient = maxPerClient;
        this.what = what;
        this.advice = advice;
    }

    /** Those that are open. */
    Set<T> open() {
        return open.keySet();
    }

    /** Ends one's slot; safe to call twice. */
    void free(T one) {
        open.remove(one);
    }

    /** Takes no more. */
    synchronized void close() {
        closed = true;
    }

    /** Takes a slot and begins, or says why not; not while {@link #close()} runs. */
    @Nullable
    synchronized HttpFailure begin(T one, String client, Runnable begin) {
        HttpFailure refusal = refusal(client);
        if (refusal == null) {
            open.put(one, client);
            begin.run();
        }
        return refusal;
    }

    /**
     * Why no further one of the client may begin, with {@code Retry-After}: 429 where the client has too many, 503 where
     * there are too many in total or the server stops; null where one may.
     */
    @Nullable
    synchronized HttpFailure refusal(String client) {
        if (closed || open.size() >= max) {
            return later(HttpFailure.of(503, "as many " + what + " are open as may be (" + max + "); " + advice));
        }
        long own = open.values().stream().filter(client::equals).count();
        return own < maxPerClient
                ? null
                : later(HttpFailure.of(
                        429, "this client has as many " + what + " open as it may have (" + maxPerClient + ")"));
    }

    private static HttpFailure later(HttpFailure failure) {
        return failure.with("Retry-After", Integer.toString(RETRY_SECONDS));
    }
}
