package io.minerops.server.http;

import io.minerops.api.internal.DaemonThreads;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams of server-sent events (WHATWG HTML, server-sent events) to a bounded number of clients. A client that takes its
 * events slowly gets the last of each name and not all of them, so none holds up the server or fills its memory.
 */
public final class EventStreams implements AutoCloseable {
    /** The pause between two writes to a client that no event occurs for, which detects hosts that vanished. */
    public static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private static final int RETRY_SECONDS = 30;
    private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);

    private final int max;
    private final int maxPerClient;

    /** The open streams, each with the client that it is counted for. */
    private final Map<EventStream, String> open = new ConcurrentHashMap<>();

    private final ScheduledExecutorService heart;
    private boolean closed;

    /**
     * No stream yet.
     *
     * @param max the most that are open at a time, 0 or more
     * @param maxPerClient the most of one client, so that none takes all
     * @param heartbeat the pause between two signs of life
     */
    public EventStreams(int max, int maxPerClient, Duration heartbeat) {
        this.max = max;
        this.maxPerClient = maxPerClient;
        heart = Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("event-streams"));
        // it ends with this; no thread waits for it
        var unused = heart.scheduleWithFixedDelay(
                this::beat, heartbeat.toNanos(), heartbeat.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * The reply that begins a stream.
     *
     * @throws HttpFailure with {@code Retry-After}: 429 where the client has too many open, 503 where there are too many in
     *     total or the server stops
     */
    public Reply reply(ApiRequest request) {
        String client = request.sender().countedAs();
        HttpFailure refusal = refusal(client);
        if (refusal != null) {
            throw refusal;
        }
        return Reply.streaming(stream -> begin(stream, client));
    }

    /** Tells all clients. */
    public void publish(String event, String data) {
        open.keySet().forEach(stream -> stream.offer(event, data));
    }

    /** How many are open. */
    public int size() {
        return open.size();
    }

    /** Ends all streams and takes no more. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        heart.shutdownNow();
        open.keySet().forEach(EventStream::end);
    }

    /** One stream that fails ends, and no other: a task that throws would never be run again. */
    private void beat() {
        for (EventStream stream : List.copyOf(open.keySet())) {
            try {
                stream.beat();
            } catch (RuntimeException | Error e) {
                open.remove(stream);
                LOG.warn("an event stream failed and was ended", e);
            }
        }
    }

    private void begin(EventStream stream, String client) {
        HttpFailure refusal;
        synchronized (this) {
            refusal = refusal(client);
            if (refusal == null) {
                open.put(stream, client);
                stream.begin(open::remove);
                return;
            }
        }
        stream.refuse(refusal);
    }

    /** Why no further stream of the client may begin; null where one may. */
    private synchronized @Nullable HttpFailure refusal(String client) {
        if (closed || open.size() >= max) {
            return later(HttpFailure.of(503, "as many event streams are open as may be (" + max + "); poll instead"));
        }
        long own = open.values().stream().filter(client::equals).count();
        return own < maxPerClient
                ? null
                : later(HttpFailure.of(
                        429, "this client has as many event streams open as it may have (" + maxPerClient + ")"));
    }

    private static HttpFailure later(HttpFailure failure) {
        return failure.with("Retry-After", Integer.toString(RETRY_SECONDS));
    }
}
