package io.minerops.server.http;

import io.minerops.api.internal.DaemonThreads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams of server-sent events (WHATWG HTML, server-sent events) to a bounded number of clients. A client that takes its
 * events slowly gets the last of each name and not all of them, so none holds up the server or fills its memory.
 */
public final class EventStreams implements AutoCloseable {
    /** The pause between two writes to a client that no event occurs for, which detects hosts that vanished. */
    public static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);

    private final ClientSlots<EventStream> slots;
    private final ScheduledExecutorService heart;

    /**
     * No stream yet.
     *
     * @param max the most that are open at a time, 0 or more
     * @param maxPerClient the most of one client, so that none takes all
     * @param heartbeat the pause between two signs of life
     */
    public EventStreams(int max, int maxPerClient, Duration heartbeat) {
        slots = new ClientSlots<>(max, maxPerClient, "event streams", "poll instead");
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
        HttpFailure refusal = slots.refusal(client);
        if (refusal != null) {
            throw refusal;
        }
        return Reply.streaming(
                "text/event-stream", (answer, admitted) -> begin(new EventStream(answer, admitted), client));
    }

    /** Tells all clients. */
    public void publish(String event, String data) {
        slots.open().forEach(stream -> stream.offer(event, data));
    }

    /** How many are open. */
    public int size() {
        return slots.open().size();
    }

    /** Ends all streams and takes no more. */
    @Override
    public void close() {
        slots.close();
        heart.shutdownNow();
        slots.open().forEach(EventStream::end);
    }

    /** One stream that fails ends, and no other: a task that throws would never be run again. */
    private void beat() {
        for (EventStream stream : List.copyOf(slots.open())) {
            try {
                stream.beat();
            } catch (RuntimeException | Error e) {
                slots.free(stream);
                LOG.warn("an event stream failed and was ended", e);
            }
        }
    }

    private void begin(EventStream stream, String client) {
        HttpFailure refusal = slots.begin(stream, client, () -> stream.begin(slots::free));
        if (refusal != null) {
            throw refusal;
        }
    }
}
