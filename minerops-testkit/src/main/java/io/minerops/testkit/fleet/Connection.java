package io.minerops.testkit.fleet;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client of one miner: one request, one reply, and the end. */
final class Connection implements AutoCloseable {
    /** CGMiner reads a request in one go, of at most so many bytes. */
    static final int MAX_REQUEST_BYTES = 4_095;

    /** The longest that a connection is kept, whether the client or the miner is the silent one. */
    static final long LIFETIME_S = 300;

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private final int miner;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final long openedAt = System.nanoTime();
    private @Nullable ByteBuffer reply;
    private boolean silent;

    private Connection(int miner, SocketChannel channel, Selector selector) throws IOException {
        this.miner = miner;
        this.channel = channel;
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        key = channel.register(selector, SelectionKey.OP_READ);
    }

    static Connection of(int miner, SocketChannel channel, Selector selector) throws IOException {
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
            return reply == null ? read(responder) : write(reply);
        } catch (IOException e) {
            // clients that give up are what some troubles are for
            LOG.debug("a client of miner {} went away: {}", miner, e.getMessage());
            return false;
        }
    }

    private boolean read(FleetServer.Responder responder) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(MAX_REQUEST_BYTES);
        int count = channel.read(buffer);
        if (count <= 0 || silent) {
            return count >= 0;
        }
        String text = StandardCharsets.UTF_8.decode(buffer.flip()).toString();
        byte[] answer = responder.answer(miner, Request.parse(text));
        if (answer == null) {
            silent = true;
            return true;
        }
        reply = ByteBuffer.wrap(answer);
        return write(reply);
    }

    private boolean write(ByteBuffer bytes) throws IOException {
        channel.write(bytes);
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
            LOG.debug("a client of miner {} did not close: {}", miner, e.getMessage());
        }
    }
}
