package io.minerops.server.http.guard;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections on which a request goes on arriving for too long. Jetty's idle timeout restarts with each byte, so
 * a client that sends one now and then would hold a connection for ever.
 */
public final class SlowConnections extends AbstractLifeCycle implements Connection.Listener {
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final long timeNanos;
    private final LongSupplier nanoTime;
    private final Scheduler scheduler;
    private final Map<Connection, Progress> open = new ConcurrentHashMap<>();

    public SlowConnections(Duration time, LongSupplier nanoTime, Scheduler scheduler) {
        this.timeNanos = time.toNanos();
        this.nanoTime = nanoTime;
        this.scheduler = scheduler;
    }

    @Override
    public void onOpened(Connection connection) {
        open.put(connection, new Progress(0, 0, nanoTime.getAsLong()));
    }

    @Override
    public void onClosed(Connection connection) {
        open.remove(connection);
    }

    @Override
    protected void doStart() {
        scheduleLook();
    }

    private void scheduleLook() {
        var unused = scheduler.schedule(this::look, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        if (!isRunning()) {
            return;
        }
        long now = nanoTime.getAsLong();
        open.forEach((connection, before) -> {
            long bytes = connection.getBytesIn();
            long requests = connection.getMessagesIn();
            if (bytes == before.bytes() || requests != before.requests()) {
                // nothing is on its way, or what was has arrived
                open.replace(connection, before, new Progress(bytes, requests, now));
            } else if (now - before.sinceNanos() > timeNanos) {
                connection.getEndPoint().close();
            }
        });
        scheduleLook();
    }

    /** How far a connection was when no part of a request was under way. */
    private record Progress(long bytes, long requests, long sinceNanos) {}
}
