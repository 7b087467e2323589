package io.minerops.testkit.fleet.server;

import io.minerops.testkit.fixture.DeviceEndpoint;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client at one port of one miner: one request, one reply, and the end. */
final class Connection implements AutoCloseable {
    /** CGMiner reads a request in one go, of at most so many bytes. */
    static final int MAX_REQUEST_BYTES = 4_095;

    /** The longest that a connection is kept, whether the client or the miner is unresponsive. */
    static final long LIFETIME_S = 300;

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private final MinerSocket miner;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final long openedAt = System.nanoTime();
    private byte[] request = {};
    private @Nullable ByteBuffer reply;
    private Answer.Pace pace = Answer.Pace.AT_ONCE;
    private boolean silent;

    private Connection(MinerSocket miner, SocketChannel channel, Selector selector) throws IOException {
        this.miner = miner;
        this.channel = channel;
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        key = channel.register(selector, SelectionKey.OP_READ);
    }

    static Connection of(MinerSocket miner, SocketChannel channel, Selector selector) throws IOException {
        try {
            Connection connection = new Connection(miner, channel, selector);
            connection.key.attach(connection);
            return connection;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Goes as far as it can without waiting; whether the connection goes on. */
    boolean advance(FleetServer.Responder responder) {
        try {
            ByteBuffer bytes = reply;
            // while it drips, reading detects that the client has gone
            return (bytes != null && pace != Answer.Pace.DRIP) ? write(bytes) : read(responder);
        } catch (IOException e) {
            return ended(e);
        }
    }

    /** Goes on by one byte where its reply drips; whether the connection goes on. */
    boolean tick() {
        ByteBuffer bytes = reply;
        if (bytes == null || pace != Answer.Pace.DRIP) {
            return true;
        }
        try {
            channel.write(bytes.slice(bytes.position(), 1));
            bytes.position(bytes.position() + 1);
            return bytes.hasRemaining();
        } catch (IOException e) {
            return ended(e);
        }
    }

    private boolean ended(IOException e) {
        // clients that give up are what some troubles are for
        LOG.debug("a client of miner {} went away: {}", miner.index(), e.getMessage());
        return false;
    }

    private boolean read(FleetServer.Responder responder) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(MAX_REQUEST_BYTES);
        int count = channel.read(buffer);
        if (count <= 0 || silent || reply != null) {
            return count >= 0;
        }
        int before = request.length;
        int kept = Math.min(count, MAX_REQUEST_BYTES - before);
        request = Arrays.copyOf(request, before + kept);
        buffer.flip().get(request, before, kept);
        DeviceEndpoint endpoint = Requests.endpoint(miner.endpoints(), request);
        if (!Requests.isWhole(endpoint, request)) {
            // what is too long for any request is not waited for
            return kept == count;
        }
        return take(responder.answer(miner.index(), endpoint, request));
    }

    private boolean take(Answer answer) throws IOException {
        if (answer instanceof Answer.Bytes bytes) {
            pace = bytes.pace();
            ByteBuffer all = ByteBuffer.wrap(bytes.bytes());
            reply = all;
            return pace == Answer.Pace.DRIP ? all.hasRemaining() : write(all);
        } else if (answer instanceof Answer.Reset) {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            return false;
        }
        silent = true;
        return true;
    }

    private boolean write(ByteBuffer bytes) throws IOException {
        channel.write(bytes);
        if (!bytes.hasRemaining() && pace == Answer.Pace.FOR_EVER) {
            bytes.position(bytes.limit() / 2);
        }
        if (bytes.hasRemaining()) {
            key.interestOps(SelectionKey.OP_WRITE);
            return true;
        }
        return false;
    }

    /** Closes the connection once it has lasted too long; whether it did. */
    boolean closeIfOverdue(long nanoTime) {
        boolean overdue = nanoTime - openedAt > TimeUnit.SECONDS.toNanos(LIFETIME_S);
        if (overdue) {
            close();
        }
        return overdue;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("a client of miner {} did not close: {}", miner.index(), e.getMessage());
        }
    }
}
