package io.minerops.core.market;

import io.minerops.api.Secret;
import io.minerops.api.profit.ChainState;
import io.minerops.api.profit.Difficulty;
import io.minerops.api.profit.MarketException;
import io.minerops.api.profit.Quote;
import io.minerops.core.network.Subsidy;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One service: sends its questions and gives its answers, bounded in time and length. After a 429 it is left alone until
 * the time that it named. Failures name the source and the step, never a header. Thread-safe.
 */
final class MarketHost {
    /** The longest that connecting may take. */
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** The most requests that a service is sent in a minute, where its own limit is not lower. */
    static final int DEFAULT_PER_MINUTE = 60;

    private static final double MIN_DIFFICULTY = 1;

    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY_REQUESTS = 429;

    /** A header that carries a key. */
    record KeyHeader(String name, String prefix, Secret key) {}

    private final String source;
    private final String base;
    private final MarketAccess access;
    private @Nullable HttpClient client;
    private final RequestQuota quota;
    private final AtomicReference<Instant> quietUntil = new AtomicReference<>(Instant.MIN);

    MarketHost(String source, String publicHost, MarketAccess access) {
        this(source, publicHost, access, DEFAULT_PER_MINUTE);
    }

    /**
     * A service.
     *
     * @param maxPerMinute the most requests that it is sent in a minute, 1 or more
     */
    MarketHost(String source, String publicHost, MarketAccess access, int maxPerMinute) {
        this.source = source;
        quota = new RequestQuota(maxPerMinute);
        this.access = access;
        client = access.httpClient();
        String url = access.baseUrl() == null ? publicHost : access.baseUrl().toString();
        base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** A failure of this source. */
    MarketException failure(String what) {
        return new MarketException(source + ": " + what);
    }

    /** A price fetched now; fails where it is NaN. */
    Quote quote(Currency currency, double price) {
        if (Double.isNaN(price)) {
            throw failure("no price in " + currency + " in the reply");
        }
        return new Quote(price, currency, source, now(), false);
    }

    /** A difficulty fetched now; fails where it is NaN or below 1, which no real network has. */
    Difficulty difficulty(double value) {
        if (!(value >= MIN_DIFFICULTY)) {
            throw failure("no difficulty in the reply");
        }
        return new Difficulty(value, source, now(), false);
    }

    /**
     * The chain as of now; fails where the height is no whole number or the fees are beyond belief.
     *
     * @param feesSatoshi mean fees of a block, satoshi; NaN where the reply has none
     */
    ChainState chain(double height, double feesSatoshi) {
        if (!(height == Math.rint(height) && height <= Integer.MAX_VALUE)) {
            throw failure("no height in the reply");
        }
        Double fees = Double.isNaN(feesSatoshi) ? null : feesSatoshi / Subsidy.SATOSHI_PER_BTC;
        if (fees != null && fees > ChainState.MAX_FEES_BTC) {
            throw failure("mean fees of " + fees + " BTC a block in the reply are not believed");
        }
        return new ChainState((long) height, fees, source, now(), false);
    }

    /**
     * Requests a path.
     *
     * @param header the key to send; null for none
     * @param reader makes the value of the reply's text, or throws a MarketException where it holds none
     */
    <T> CompletableFuture<T> get(String path, @Nullable KeyHeader header, Function<String, T> reader) {
        return exchange(request(path, header).GET().build(), header, reader);
    }

    /** Posts JSON to a path; as {@link #get}. */
    <T> CompletableFuture<T> post(String path, KeyHeader header, String json, Function<String, T> reader) {
        HttpRequest request = request(path, header)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        return exchange(request, header, reader);
    }

    private <T> CompletableFuture<T> exchange(
            HttpRequest request, @Nullable KeyHeader header, Function<String, T> reader) {
        Instant quiet = quietUntil.get();
        if (now().isBefore(quiet)) {
            return CompletableFuture.failedFuture(
                    failure("not queried: it returned status 429; next request not before " + quiet));
        }
        Instant next = quota.take(now());
        if (next != null) {
            return CompletableFuture.failedFuture(
                    failure("not queried: its quota of requests a minute is used up; next request not before " + next));
        }
        CompletableFuture<HttpResponse<byte[]>> exchange =
                client().sendAsync(request, info -> new BoundedBody(access.maxReplyBytes()));
        return exchange.copy()
                .orTimeout(access.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .handle((response, failure) -> {
                    if (failure != null) {
                        exchange.cancel(true);
                        throw transportFailure(Answers.cause(failure));
                    }
                    return reader.apply(text(response, header != null));
                });
    }

    /** Made at the first request, as most sources of a failover are never reached; it ends with its source. */
    private synchronized HttpClient client() {
        HttpClient ready = client;
        if (ready == null) {
            // a header with a key must reach no other host than the one it was given for
            ready = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(CONNECT_TIMEOUT)
                    .executor(workers())
                    .build();
            client = ready;
        }
        return ready;
    }

    /** Threads that end soon after their work, so that none is left when the source is not used any more. */
    private static Executor workers() {
        ThreadPoolExecutor workers =
                new ThreadPoolExecutor(2, 2, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "minerops-market");
                    thread.setDaemon(true);
                    return thread;
                });
        workers.allowCoreThreadTimeOut(true);
        return workers;
    }

    private HttpRequest.Builder request(String path, @Nullable KeyHeader header) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Accept", "application/json, text/plain")
                .header("User-Agent", "MinerOps");
        if (header != null) {
            request.header(header.name(), header.prefix() + header.key().reveal());
        }
        return request;
    }

    private String text(HttpResponse<byte[]> response, boolean withKey) {
        int status = response.statusCode();
        if (status == TOO_MANY_REQUESTS) {
            Duration wait =
                    RetryAfter.of(response.headers().firstValue("Retry-After").orElse(null), now());
            quietUntil.set(now().plus(wait));
            throw failure("status 429, too many requests; next request in " + wait.toSeconds() + " s at the earliest");
        }
        if (withKey && (status == UNAUTHORIZED || status == FORBIDDEN)) {
            throw failure("status " + status + ", the key is refused");
        }
        if (status != OK) {
            throw failure("status " + status + " instead of 200");
        }
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private MarketException transportFailure(Throwable failure) {
        if (failure instanceof HttpConnectTimeoutException || failure instanceof ConnectException) {
            return new MarketException(source + ": no connection", failure);
        }
        if (failure instanceof TimeoutException) {
            return new MarketException(
                    source + ": no whole answer within " + access.timeout().toMillis() + " ms", failure);
        }
        if (failure instanceof BoundedBody.TooLong) {
            return new MarketException(source + ": " + failure.getMessage(), failure);
        }
        return new MarketException(
                source + ": the exchange failed with " + failure.getClass().getSimpleName(), failure);
    }

    private Instant now() {
        return access.clock().instant();
    }
}
