package io.minerops.notify.webhook;

import io.minerops.api.internal.DaemonThreads;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Looks hosts up, each on a thread of its own, since a look-up blocks and cannot be interrupted. One that hangs holds one
 * thread, shared by all waiters for the same host, and delays no other host. Thread-safe.
 */
final class HostLookups implements AutoCloseable {
    private final HostResolver resolver;
    private final ThreadPoolExecutor threads;
    private final ConcurrentMap<String, CompletableFuture<List<InetAddress>>> underWay = new ConcurrentHashMap<>();

    /**
     * Look-ups by that resolver.
     *
     * @param max the maximum of hosts at a time
     */
    HostLookups(HostResolver resolver, int max) {
        this.resolver = resolver;
        threads = new ThreadPoolExecutor(
                0,
                max,
                30,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                DaemonThreads.numbered("minerops-webhook-lookup-"));
    }

    /**
     * The addresses of a host. Fails with {@link UnknownHostException}, with {@link Full}, or with
     * {@link CancellationException} after closing.
     */
    CompletableFuture<List<InetAddress>> of(String host) {
        CompletableFuture<List<InetAddress>> own = new CompletableFuture<>();
        CompletableFuture<List<InetAddress>> before = underWay.putIfAbsent(host, own);
        if (before != null) {
            return before.copy();
        }
        try {
            threads.execute(() -> look(host, own));
        } catch (RejectedExecutionException e) {
            underWay.remove(host, own);
            own.completeExceptionally(threads.isShutdown() ? new CancellationException() : new Full());
        }
        return own.copy();
    }

    private void look(String host, CompletableFuture<List<InetAddress>> end) {
        List<InetAddress> found;
        try {
            found = resolver.resolve(host);
        } catch (UnknownHostException | RuntimeException e) {
            underWay.remove(host, end);
            end.completeExceptionally(e);
            return;
        }
        // what comes after this looks again
        underWay.remove(host, end);
        end.complete(found);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** As many look-ups as may be are under way, and none of them ends. */
    static final class Full extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Full() {
            super("too many look-ups are under way", null, false, false);
        }
    }
}
