package io.minerops.server.outgoing;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A request and its answer within a time. An answer of which the rest never comes, or that never ends, holds nothing up. */
public final class Exchange {
    /** How much of an answer is kept, bytes. */
    static final int MAX_BYTES = 4_096;

    private Exchange() {}

    /**
     * Sends a request and waits for the answer, of which the first {@value #MAX_BYTES} bytes are read as UTF-8.
     *
     * @param timeout from the request to the end of what is read; a timeout of the request covers its headers alone
     * @throws HttpTimeoutException if the answer is not there within the time
     * @throws IOException if the exchange fails
     */
    public static HttpResponse<String> send(HttpClient client, HttpRequest request, Duration timeout)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(request, info -> new Beginning(MAX_BYTES));
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            HttpTimeoutException late =
                    new HttpTimeoutException("no whole answer within " + timeout.toMillis() + " ms");
            late.initCause(e);
            throw late;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } finally {
            // of one that is complete this does nothing
            answer.cancel(true);
        }
    }
}
