package io.minerops.server.remotewrite;

import io.minerops.api.HealthContributor;
import io.minerops.api.internal.Check;
import io.minerops.api.internal.DaemonThreads;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.core.job.Job;
import io.minerops.core.job.JobListener;
import io.minerops.core.job.JobStatus;
import io.minerops.server.outgoing.Exchange;
import io.minerops.server.remotewrite.WriteRequests.Request;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the samples of each poll to a remote-write receiver, in order. While the receiver does not accept them, requests wait, at
 * most {@value #MAX_QUEUED_BYTES} bytes; then the oldest are dropped. What waits is lost when the process ends: the store
 * has it. The fault of the last attempt is a component of readiness. Thread-safe.
 */
public final class RemoteWriter implements JobListener, HealthContributor, AutoCloseable {
    /** How many bytes of requests wait at most: an hour of 5,000 miners at a poll per 30 s. */
    static final int MAX_QUEUED_BYTES = 128 << 20;

    private static final Logger log = LoggerFactory.getLogger(RemoteWriter.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration MAX_RETRY_AFTER = Duration.ofMinutes(10);
    private static final int MAX_DOUBLINGS = 6;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;
    private static final int MESSAGE_CHARACTERS = 200;

    private final RemoteWriteTarget target;
    private final Supplier<FleetSnapshot> latest;
    private final IntFunction<Duration> pause;
    private final int maxQueuedBytes;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final ScheduledExecutorService executor;
    /** Replaced on the executor's thread alone. */
    private volatile State state = new State(null, 0, 0);

    // only on the executor's thread
    private final Deque<Request> queue = new ArrayDeque<>();
    private long queuedBytes;
    private long lastPollMillis = FleetSnapshot.NEVER;
    private int failures;
    private boolean scheduled;

    /** How sending fares: the fault of the last attempt, samples sent and samples dropped since the start. */
    record State(@Nullable String fault, long sent, long dropped) {}

    /**
     * A writer.
     *
     * @param latest the fleet's latest samples
     */
    public RemoteWriter(RemoteWriteTarget target, Supplier<FleetSnapshot> latest) {
        this(
                target,
                latest,
                failures -> Duration.ofSeconds(1L << Math.min(failures - 1, MAX_DOUBLINGS)),
                MAX_QUEUED_BYTES,
                new ScheduledThreadPoolExecutor(1, DaemonThreads.named("minerops-remote-write")));
    }

    /**
     * A writer with other limits.
     *
     * @param pause how long it waits after so many failures in a row, 1 or more
     * @param executor has one thread; it is shut down with the writer
     */
    RemoteWriter(
            RemoteWriteTarget target,
            Supplier<FleetSnapshot> latest,
            IntFunction<Duration> pause,
            int maxQueuedBytes,
            ScheduledExecutorService executor) {
        this.target = target;
        this.latest = latest;
        this.pause = pause;
        this.maxQueuedBytes = maxQueuedBytes;
        this.executor = executor;
    }

    @Override
    public void finished(JobStatus status) {
        if (status.name().equals(Job.POLL_METRICS.key()) && status.lastError() == null) {
            try {
                executor.execute(() -> guarded(this::enqueue));
            } catch (RejectedExecutionException e) {
                log.debug("a poll ended after the remote writer was closed");
            }
        }
    }

    /** Whatever a step throws, such as a native library that cannot be loaded, is the fault of this part. */
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            log.error("remote write to {} failed", target.host(), e);
            fail(String.valueOf(e));
        }
    }

    private void enqueue() {
        FleetSnapshot snapshot = latest.get();
        long newest = FleetSnapshot.NEVER;
        for (int row = 0; row < snapshot.size(); row++) {
            newest = Math.max(newest, snapshot.epochMillis(row));
        }
        if (newest > lastPollMillis) {
            lastPollMillis = newest;
            for (Request request : WriteRequests.of(snapshot, newest)) {
                queue.add(request);
                queuedBytes += request.body().length;
            }
            while (queuedBytes > maxQueuedBytes) {
                drop();
            }
        }
        if (!scheduled) {
            send();
        }
    }

    private void drop() {
        Request oldest = queue.remove();
        queuedBytes -= oldest.body().length;
        state = new State(state.fault, state.sent, state.dropped + oldest.samples());
    }

    private void send() {
        scheduled = false;
        while (!queue.isEmpty() && !executor.isShutdown()) {
            Request request = queue.element();
            try {
                if (!settled(request, Exchange.send(http, post(request), TIMEOUT))) {
                    return;
                }
            } catch (IOException e) {
                fail(reason(e));
                later(pause.apply(failures));
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private HttpRequest post(Request request) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(target.url())
                .header("Content-Type", "application/x-protobuf")
                .header("Content-Encoding", "snappy")
                .header("X-Prometheus-Remote-Write-Version", "0.1.0")
                .header("User-Agent", "minerops")
                .POST(HttpRequest.BodyPublishers.ofByteArray(request.body()));
        target.authorise(builder);
        return builder.build();
    }

    /** Whether the request is done with, accepted or refused for good; otherwise it is sent again later. */
    private boolean settled(Request request, HttpResponse<String> response) {
        int status = response.statusCode();
        if (status / 100 == 2) {
            queue.remove();
            queuedBytes -= request.body().length;
            accepted(request.samples());
            return true;
        }
        String answer = Check.quote(response.body().strip().lines().findFirst().orElse(""));
        fail("HTTP " + status + " " + answer.substring(0, Math.min(answer.length(), MESSAGE_CHARACTERS)));
        if (status == TOO_MANY_REQUESTS || status >= SERVER_ERROR) {
            later(retryAfter(response).orElseGet(() -> pause.apply(failures)));
            return false;
        }
        drop();
        return true;
    }

    private static Optional<Duration> retryAfter(HttpResponse<String> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("\\d{1,9}"))
                .map(text -> Duration.ofSeconds(Math.min(Long.parseLong(text), MAX_RETRY_AFTER.toSeconds())));
    }

    private void accepted(int samples) {
        failures = 0;
        State before = state;
        state = new State(null, before.sent + samples, before.dropped);
        if (before.fault != null) {
            log.info("remote write to {} works again", target.host());
        }
    }

    private void fail(String reason) {
        failures++;
        State before = state;
        state = new State(reason, before.sent, before.dropped);
        if (before.fault == null) {
            log.warn("remote write to {} failed: {}", target.host(), reason);
        }
    }

    private void later(Duration delay) {
        if (!executor.isShutdown()) {
            scheduled = true;
            var unused = executor.schedule(() -> guarded(this::send), delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    State state() {
        return state;
    }

    @Override
    public String component() {
        return "remote-write";
    }

    @Override
    public Optional<String> fault() {
        State now = state();
        return now.fault == null
                ? Optional.empty()
                : Optional.of("cannot write to " + target.host() + ": " + now.fault + "; " + now.dropped
                        + " samples dropped since the start");
    }

    /** Ends sending; what waits is not sent. */
    @Override
    public void close() {
        executor.shutdownNow();
    }
}
