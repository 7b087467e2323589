package io.minerops.notify.webhook;

import io.minerops.api.alert.Webhook;
import io.minerops.api.alert.WebhookFormat;
import io.minerops.api.internal.DaemonThreads;
import io.minerops.api.notify.Delivery;
import java.io.IOException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
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
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Posts a body to a webhook once, after seeing whether its host may be reached. */
final class WebhookPoster {
    /** How much of a reply is read. */
    static final int MAX_REPLY_BYTES = 64 * 1024;

    /** Threads for the exchanges, which do not block. */
    private static final int THREADS = 4;

    /** How long the rest of a reply is read after its status has decided, so that the service can end it. */
    private static final Duration DRAIN = Duration.ofSeconds(2);

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String USER_AGENT = "MinerOps";

    /**
     * What an attempt may take.
     *
     * @param connectTimeout for the connection
     * @param timeout for everything
     * @param maxUnderWay the most attempts at a time
     */
    record Limits(Duration connectTimeout, Duration timeout, int maxUnderWay) {}

    private final Limits limits;
    private final WebhookTargets targets;
    private final @Nullable WebhookSignature signature;
    private final InstantSource clock;
    private final Semaphore free;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, CompletableFuture<?>> underWay = new ConcurrentHashMap<>();
    private final HostLookups lookups;
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
        lookups = new HostLookups(resolver, limits.maxUnderWay());
        free = new Semaphore(limits.maxUnderWay());
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
                    new Delivery.RetryAfter(SOON, limits.maxUnderWay() + " posts are under way already"));
        }
        long number = numbers.incrementAndGet();
        CompletableFuture<WebhookAnswer> answer = new CompletableFuture<>();
        underWay.put(number, answer);
        begin(webhook, () -> request(webhook, key, body), answer);
        return answer.handle((given, failure) -> {
            underWay.remove(number);
            free.release();
            return given == null ? failed(webhook, failure) : given.delivery(webhook, clock.instant());
        });
    }

    private void begin(Webhook webhook, Supplier<HttpRequest> request, CompletableFuture<WebhookAnswer> answer) {
        ReplyHead reply = new ReplyHead(MAX_REPLY_BYTES);
        CompletableFuture<?> unusedTimer = new CompletableFuture<>()
                .completeOnTimeout(null, limits.timeout().toMillis(), TimeUnit.MILLISECONDS)
                // a status that came is the answer, however slow the rest is
                .thenRun(() -> reply.answer()
                        .ifPresentOrElse(answer::complete, () -> answer.completeExceptionally(new TimeoutException())));
        CompletableFuture<?> unusedLookup = lookups.of(webhook.uri().getHost()).whenComplete((addresses, failure) -> {
            if (addresses == null) {
                answer.completeExceptionally(failure);
            } else if (!answer.isDone()) {
                checkedSend(() -> targets.refusal(webhook.uri(), addresses), request, reply, answer);
            }
        });
    }

    private void checkedSend(
            Supplier<Optional<String>> refusal,
            Supplier<HttpRequest> request,
            ReplyHead reply,
            CompletableFuture<WebhookAnswer> answer) {
        try {
            // the client looks the host up again right after this, and finds the same in the platform's cache
            Optional<String> refused = refusal.get();
            if (refused.isPresent()) {
                answer.completeExceptionally(new Refused(refused.get()));
            } else {
                send(request.get(), reply, answer);
            }
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    private void send(HttpRequest request, ReplyHead reply, CompletableFuture<WebhookAnswer> answer) {
        CompletableFuture<HttpResponse<byte[]>> sent = client.sendAsync(request, info -> {
            reply.begins(info);
            if (WebhookAnswer.accepted(info.statusCode())) {
                // accepted is accepted: what follows cannot make it unsaid
                reply.answer().ifPresent(answer::complete);
            }
            return reply;
        });
        CompletableFuture<?> unusedRelay = sent.whenComplete((response, failure) -> {
            Optional<WebhookAnswer> given = reply.answer();
            if (given.isPresent()) {
                answer.complete(given.get());
            } else {
                answer.completeExceptionally(failure == null ? new IOException("no status") : failure);
            }
        });
        CompletableFuture<?> unusedCancel = answer.whenComplete((given, failure) -> {
            if (failure != null) {
                sent.cancel(true);
            } else {
                CompletableFuture.delayedExecutor(DRAIN.toMillis(), TimeUnit.MILLISECONDS)
                        .execute(() -> sent.cancel(true));
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
        if (cause instanceof HostLookups.Full) {
            return new Delivery.RetryAfter(SOON, whom + " could not be resolved: too many look-ups hang");
        }
        if (cause instanceof CancellationException || cause instanceof RejectedExecutionException) {
            return new Delivery.RetryAfter(null, "the webhook channel is closed");
        }
        return new Delivery.RetryAfter(
                null, whom + " could not be reached: " + cause.getClass().getSimpleName());
    }

    void close() {
        lookups.close();
        underWay.values().forEach(exchange -> exchange.completeExceptionally(new CancellationException()));
        exchanges.shutdown();
    }

    @Override
    public String toString() {
        return targets + ", " + (signature == null ? "unsigned" : "signed");
    }

    private static ThreadPoolExecutor threads(String name) {
        // the queue holds at most a few steps for each of the limited number of posts that are under way
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS, THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), DaemonThreads.numbered(name));
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
