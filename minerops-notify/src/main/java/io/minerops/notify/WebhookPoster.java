package io.minerops.notify;

import io.minerops.api.alert.Delivery;
import io.minerops.api.alert.Webhook;
import io.minerops.api.alert.WebhookFormat;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Posts a body to a webhook once, after seeing whether its host may be reached. */
final class WebhookPoster {
    /** How much of a reply is read. */
    static final int MOST_REPLY_BYTES = 64 * 1024;

    private static final int THREADS = 4;
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String USER_AGENT = "MinerOps";

    /**
     * What an attempt may take.
     *
     * @param connectTimeout for the connection
     * @param timeout for everything
     * @param mostUnderWay the most attempts at a time
     */
    record Limits(Duration connectTimeout, Duration timeout, int mostUnderWay) {}

    private final Limits limits;
    private final WebhookTargets targets;
    private final @Nullable WebhookSignature signature;
    private final InstantSource clock;
    private final HostResolver resolver;
    private final Semaphore free;
    private final AtomicLong number = new AtomicLong();
    private final Map<Long, CompletableFuture<?>> underWay = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor lookups = threads("minerops-webhook-lookup-");
    private final ThreadPoolExecutor exchanges = threads("minerops-webhook-");
    private final HttpClient client;

    WebhookPoster(
            Limits limits,
            WebhookTargets targets,
            @Nullable WebhookSignature signature,
            InstantSource clock,
            HostResolver resolver) {
        this.limits = limits;
        this.targets = targets;
        this.signature = signature;
        this.clock = clock;
        this.resolver = resolver;
        free = new Semaphore(limits.mostUnderWay());
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                // what a proxy connects to could not be checked
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(limits.connectTimeout())
                .executor(exchanges)
                .build();
    }

    /** Tries once; the stage never fails. */
    CompletableFuture<Delivery> post(Webhook webhook, String key, byte[] body) {
        if (!free.tryAcquire()) {
            return CompletableFuture.completedFuture(
                    new Delivery.RetryAfter(SOON, limits.mostUnderWay() + " posts are under way already"));
        }
        long attempt = number.incrementAndGet();
        CompletableFuture<HttpResponse<byte[]>> exchange = new CompletableFuture<>();
        underWay.put(attempt, exchange);
        begin(webhook, key, body, exchange);
        return exchange.handle((response, failure) -> {
            underWay.remove(attempt);
            free.release();
            return response == null ? failed(webhook, failure) : answered(webhook, response);
        });
    }

    private void begin(Webhook webhook, String key, byte[] body, CompletableFuture<HttpResponse<byte[]>> exchange) {
        exchange.orTimeout(limits.timeout().toMillis(), TimeUnit.MILLISECONDS);
        try {
            lookups.execute(() -> checkedSend(webhook, key, body, exchange));
        } catch (RejectedExecutionException e) {
            exchange.completeExceptionally(e);
        }
    }

    private void checkedSend(
            Webhook webhook, String key, byte[] body, CompletableFuture<HttpResponse<byte[]>> exchange) {
        try {
            // the client looks the host up again right after this, and finds the same in the platform's cache
            Optional<String> refusal = targets.refusal(
                    webhook.uri(), resolver.resolve(webhook.uri().getHost()));
            if (refusal.isPresent()) {
                exchange.completeExceptionally(new Refused(refusal.get()));
            } else if (!exchange.isDone()) {
                send(request(webhook, key, body), exchange);
            }
        } catch (UnknownHostException | RuntimeException e) {
            exchange.completeExceptionally(e);
        }
    }

    private void send(HttpRequest request, CompletableFuture<HttpResponse<byte[]>> exchange) {
        CompletableFuture<HttpResponse<byte[]>> sent =
                client.sendAsync(request, info -> new ReplyHead(MOST_REPLY_BYTES));
        CompletableFuture<?> unusedRelay = sent.whenComplete((response, failure) -> {
            if (failure == null) {
                exchange.complete(response);
            } else {
                exchange.completeExceptionally(failure);
            }
        });
        CompletableFuture<?> unusedCancel = exchange.whenComplete((response, failure) -> {
            if (failure != null) {
                sent.cancel(true);
            }
        });
    }

    private HttpRequest request(Webhook webhook, String key, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(webhook.uri())
                .timeout(limits.timeout())
                .header("Content-Type", "application/json; charset=utf-8")
                .header("User-Agent", USER_AGENT)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (webhook.format() == WebhookFormat.GENERIC) {
            long timestamp = clock.instant().getEpochSecond();
            request.header("Idempotency-Key", key)
                    .header("webhook-id", key)
                    .header("webhook-timestamp", Long.toString(timestamp));
            if (signature != null) {
                request.header("webhook-signature", signature.of(key, timestamp, body));
            }
        }
        return request.build();
    }

    private Delivery answered(Webhook webhook, HttpResponse<byte[]> response) {
        String retryAfter = response.headers().firstValue("Retry-After").orElse(null);
        return new WebhookAnswer(response.statusCode(), retryAfter, new String(response.body(), StandardCharsets.UTF_8))
                .delivery(webhook, clock.instant());
    }

    /** Names the kind of failure and no more: messages of exceptions may hold the address. */
    private Delivery failed(Webhook webhook, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String whom = webhook.masked();
        if (cause instanceof Refused refused) {
            return new Delivery.Failed(whom + " may not be reached: " + refused.getMessage());
        } else if (cause instanceof UnknownHostException) {
            return new Delivery.RetryAfter(null, whom + " could not be resolved");
        } else if (cause instanceof TimeoutException || cause instanceof HttpTimeoutException) {
            return new Delivery.RetryAfter(null, whom + " did not answer in time");
        }
        if (cause instanceof CancellationException || cause instanceof RejectedExecutionException) {
            return new Delivery.RetryAfter(null, "the webhook channel is closed");
        }
        return new Delivery.RetryAfter(
                null, whom + " could not be reached: " + cause.getClass().getSimpleName());
    }

    void close() {
        lookups.shutdownNow();
        underWay.values().forEach(exchange -> exchange.completeExceptionally(new CancellationException()));
        exchanges.shutdown();
    }

    @Override
    public String toString() {
        return targets + ", " + (signature == null ? "unsigned" : "signed");
    }

    private static ThreadPoolExecutor threads(String name) {
        AtomicInteger number = new AtomicInteger();
        // the queue holds at most a few steps for each of the limited number of posts that are under way
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(THREADS, THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, name + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** The host may not be reached. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String why) {
            super(why, null, false, false);
        }
    }
}
