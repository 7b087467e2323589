package io.minerops.server.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Streams of server-sent events (WHATWG HTML, server-sent events) to a bounded number of clients. A client that takes its
 * events slowly gets the last of each name and not all of them, so none holds up the server or fills its memory.
 */
public final class EventStreams implements AutoCloseable {
    /** How often a client that nothing happens for is written to, which finds out those that have gone. */
    public static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private static final int RETRY_SECONDS = 30;

    private final int most;
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService heart;
    private boolean closed;

    /**
     * No stream yet.
     *
     * @param most the most that are open at a time, 0 or more
     * @param heartbeat the pause between two signs of life
     */
    public EventStreams(int most, Duration heartbeat) {
        this.most = most;
        heart = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "event-streams");
            thread.setDaemon(true);
            return thread;
        });
        // it ends with this; nobody waits for it
        var unused = heart.scheduleWithFixedDelay(
                () -> open.forEach(EventStream::beat), heartbeat.toNanos(), heartbeat.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * The reply that begins a stream.
     *
     * @throws HttpFailure 503 with {@code Retry-After} where as many are open as may be, or the server stops
     */
    public Reply reply() {
        if (isFull()) {
            // finds out those that have gone, for whoever comes next
            open.forEach(EventStream::beat);
            throw full();
        }
        return Reply.streaming(this::begin);
    }

    /** Tells all clients. */
    public void publish(String event, String data) {
        open.forEach(stream -> stream.offer(event, data));
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
        open.forEach(EventStream::end);
    }

    private void begin(EventStream stream) {
        synchronized (this) {
            if (!isFull()) {
                open.add(stream);
                stream.begin(open::remove);
                return;
            }
        }
        stream.refuse(full());
    }

    private synchronized boolean isFull() {
        return closed || open.size() >= most;
    }

    private HttpFailure full() {
        return HttpFailure.of(503, "as many event streams are open as may be (" + most + "); ask again at intervals")
                .with("Retry-After", Integer.toString(RETRY_SECONDS));
    }
}
