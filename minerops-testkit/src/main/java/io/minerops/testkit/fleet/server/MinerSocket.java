package io.minerops.testkit.fleet.server;

import io.minerops.testkit.fixture.DeviceEndpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.Channel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One port of one miner, and the endpoints behind it. While the miner is gone, the address is held by a socket that does not listen, so that connections
 * are refused and no other program takes the port.
 */
final class MinerSocket implements AutoCloseable {
    /** How many connections wait to be accepted; as CGMiner has it. */
    private static final int BACKLOG = 100;

    private static final Logger LOG = LoggerFactory.getLogger(MinerSocket.class);

    private final int index;
    private final Set<DeviceEndpoint> endpoints;
    private final InetSocketAddress address;
    private @Nullable ServerSocketChannel listener;
    private @Nullable SelectionKey accepting;
    private @Nullable SocketChannel holder;
    private boolean failed;

    private MinerSocket(int index, Set<DeviceEndpoint> endpoints, ServerSocketChannel listener, Selector selector)
            throws IOException {
        this.index = index;
        this.endpoints = endpoints;
        this.address = (InetSocketAddress) listener.getLocalAddress();
        serve(listener, selector);
    }

    /**
     * Listens.
     *
     * @param endpoints those behind this port; none if closed, once it settles
     * @param address its port may be 0, for one that is free
     * @throws IOException naming the address, if it cannot be listened at
     */
    static MinerSocket listen(Selector selector, int index, Set<DeviceEndpoint> endpoints, InetSocketAddress address)
            throws IOException {
        return new MinerSocket(index, endpoints, open(address), selector);
    }

    int index() {
        return index;
    }

    /** The endpoints behind this port. */
    Set<DeviceEndpoint> endpoints() {
        return endpoints;
    }

    /** Where it listens, with the port that it got. */
    InetSocketAddress address() {
        return address;
    }

    /** Accepts a connection; null where none is there any more. */
    @Nullable
    Connection accept(Selector selector) throws IOException {
        SocketChannel client = listener == null ? null : listener.accept();
        return client == null ? null : Connection.of(this, client, selector);
    }

    /** Closes the listener, which then refuses at the selector's next look; whether there was one. */
    boolean stopListening() {
        ServerSocketChannel open = listener;
        listener = null;
        close(open);
        return open != null;
    }

    /** Holds the address or listens, as it should; failures are retried at the next call, and reported once. */
    void settle(Selector selector, boolean gone) {
        try {
            if (gone && listener == null && holder == null) {
                hold();
            } else if (!gone && listener == null) {
                close(holder);
                holder = null;
                serve(open(address), selector);
            } else if (accepting != null && accepting.isValid() && accepting.interestOps() == 0) {
                accepting.interestOps(SelectionKey.OP_ACCEPT);
                return;
            }
            failed = false;
        } catch (IOException e) {
            fail(String.valueOf(e.getMessage()));
        }
    }

    /** Accepts nothing until it next settles. */
    void pause(String reason) {
        if (accepting != null && accepting.isValid()) {
            accepting.interestOps(0);
        }
        fail(this + " cannot accept a connection: " + reason);
    }

    private void fail(String what) {
        if (!failed) {
            LOG.warn("{}; tried again until it can", what);
        }
        failed = true;
    }

    private void serve(ServerSocketChannel channel, Selector selector) throws IOException {
        accepting = channel.register(selector, SelectionKey.OP_ACCEPT, this);
        listener = channel;
    }

    private static ServerSocketChannel open(InetSocketAddress address) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.configureBlocking(false);
            return channel.bind(address, BACKLOG);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw new IOException("cannot listen at " + text(address) + ": " + e.getMessage(), e);
        }
    }

    private void hold() throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            holder = channel.bind(address);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw new IOException("cannot hold " + this + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        close(listener);
        close(holder);
    }

    private void close(@Nullable Channel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            LOG.warn("{} did not close: {}", this, e.getMessage());
        }
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    @Override
    public String toString() {
        return text(address);
    }
}
