package io.minerops.testkit.fleet.server;

import io.minerops.testkit.fixture.DeviceEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that serves the sockets of all miners. */
public final class FleetServer implements AutoCloseable {
    /** How often it is looked up whether a miner is to go or to come back. */
    static final long TICK_MS = 100;

    /** The most clients that are served at one time; more wait in the backlog of the miner they called. */
    static final int MAX_CONNECTIONS = 8_192;

    private static final long STOP_TIMEOUT_S = 10;
    private static final Logger LOG = LoggerFactory.getLogger(FleetServer.class);

    /** Answers one request at one endpoint of one miner. */
    @FunctionalInterface
    public interface Responder {
        Answer answer(int miner, DeviceEndpoint endpoint, byte[] request);
    }

    /**
     * One port to listen at.
     *
     * @param endpoints those behind it; none where connections are to be refused
     * @param address its port may be 0, for one that is free
     */
    public record Listener(int miner, Set<DeviceEndpoint> endpoints, InetSocketAddress address) {}

    private final Selector selector;
    private final List<MinerSocket> miners = new ArrayList<>();
    private final Set<Connection> connections = new HashSet<>();
    private final ConcurrentLinkedQueue<CompletableFuture<Void>> waiting = new ConcurrentLinkedQueue<>();
    private final Responder responder;
    private final IntPredicate gone;
    private final Thread thread;
    private volatile boolean running = true;

    private FleetServer(Selector selector, Responder responder, IntPredicate gone) {
        this.selector = selector;
        this.responder = responder;
        this.gone = gone;
        thread = new Thread(this::run, "fleet-simulator");
        thread.setDaemon(true);
    }

    /**
     * Listens at all ports and begins to serve.
     *
     * @param gone whether a miner is to refuse connections now
     * @throws UncheckedIOException naming the address that cannot be listened at
     */
    public static FleetServer start(List<Listener> listeners, Responder responder, IntPredicate gone) {
        FleetServer server;
        try {
            server = new FleetServer(Selector.open(), responder, gone);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open a selector for the simulated fleet", e);
        }
        try {
            for (Listener listener : listeners) {
                server.miners.add(MinerSocket.listen(
                        server.selector, listener.miner(), listener.endpoints(), listener.address()));
            }
        } catch (IOException e) {
            server.closeSockets();
            throw new UncheckedIOException(e.getMessage(), e);
        }
        server.thread.start();
        return server;
    }

    /** Where it listens, in the order of the listeners. */
    public List<InetSocketAddress> addresses() {
        return miners.stream().map(MinerSocket::address).toList();
    }

    /** Returns when every miner listens or refuses as it now should. */
    public void settle() {
        CompletableFuture<Void> settled = new CompletableFuture<>();
        waiting.add(settled);
        selector.wakeup();
        if (!running) {
            return;
        }
        try {
            settled.get(STOP_TIMEOUT_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the simulated fleet did not follow within " + STOP_TIMEOUT_S + " s", e);
        }
    }

    private void run() {
        try {
            long nextTick = System.nanoTime();
            while (running) {
                selector.select(TICK_MS);
                serve();
                long now = System.nanoTime();
                if (now - nextTick >= 0 || !waiting.isEmpty()) {
                    tick(now);
                    nextTick = now + TimeUnit.MILLISECONDS.toNanos(TICK_MS);
                }
            }
        } catch (IOException | ClosedSelectorException e) {
            LOG.error("the simulated fleet stopped serving", e);
        } finally {
            running = false;
            closeSockets();
            completeWaiting();
        }
    }

    private void serve() {
        Iterator<SelectionKey> ready = selector.selectedKeys().iterator();
        while (ready.hasNext()) {
            SelectionKey key = ready.next();
            ready.remove();
            if (!key.isValid()) {
                continue;
            }
            if (key.attachment() instanceof MinerSocket miner) {
                accept(miner);
            } else if (key.attachment() instanceof Connection connection && !connection.advance(responder)) {
                close(connection);
            }
        }
    }

    private void accept(MinerSocket miner) {
        if (connections.size() >= MAX_CONNECTIONS) {
            miner.pause("there are " + MAX_CONNECTIONS + " connections already");
            return;
        }
        try {
            Connection connection = miner.accept(selector);
            if (connection != null) {
                connections.add(connection);
            }
        } catch (IOException e) {
            miner.pause(String.valueOf(e.getMessage()));
        }
    }

    private void tick(long nanoTime) throws IOException {
        List<CompletableFuture<Void>> served = new ArrayList<>();
        for (CompletableFuture<Void> next = waiting.poll(); next != null; next = waiting.poll()) {
            served.add(next);
        }
        try {
            settleMiners(nanoTime);
        } finally {
            served.forEach(future -> future.complete(null));
        }
    }

    private void settleMiners(long nanoTime) throws IOException {
        boolean closed = false;
        for (MinerSocket miner : miners) {
            closed |= isGone(miner) && miner.stopListening();
        }
        if (closed) {
            // a closed listener refuses only when the selector has let go of it
            selector.selectNow();
        }
        for (MinerSocket miner : miners) {
            miner.settle(selector, isGone(miner));
        }
        for (Iterator<Connection> all = connections.iterator(); all.hasNext(); ) {
            Connection connection = all.next();
            if (connection.closeIfOverdue(nanoTime)) {
                all.remove();
            } else if (!connection.tick()) {
                connection.close();
                all.remove();
            }
        }
    }

    private boolean isGone(MinerSocket miner) {
        return miner.endpoints().isEmpty() || gone.test(miner.index());
    }

    private void close(Connection connection) {
        connection.close();
        connections.remove(connection);
    }

    private void completeWaiting() {
        for (CompletableFuture<Void> next = waiting.poll(); next != null; next = waiting.poll()) {
            next.complete(null);
        }
    }

    private void closeSockets() {
        connections.forEach(Connection::close);
        miners.forEach(MinerSocket::close);
        try {
            selector.close();
        } catch (IOException e) {
            LOG.warn("the simulated fleet's selector did not close: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        running = false;
        selector.wakeup();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(STOP_TIMEOUT_S));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
