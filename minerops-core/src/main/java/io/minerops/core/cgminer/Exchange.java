package io.minerops.core.cgminer;

import io.minerops.api.miner.MinerReading.Phase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its reply over a connection of its own, never blocking. The request leaves in one write as soon as
 * the connection stands: CGMiner serves one connection at a time and reads a request in one go.
 */
final class Exchange implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Exchange.class);
    private static final byte[] NOTHING = {};

    private final SocketChannel channel;
    private final ByteBuffer request;
    private final int maxReplyBytes;
    private final Framing framing;
    private byte[] reply = NOTHING;
    private byte[] seen = NOTHING;
    private int received;
    private Phase phase = Phase.CONNECT;

    private Exchange(SocketChannel channel, byte[] request, Framing framing, int maxReplyBytes) {
        this.channel = channel;
        this.request = ByteBuffer.wrap(request);
        this.framing = framing;
        this.maxReplyBytes = maxReplyBytes;
    }

    /**
     * Begins to connect.
     *
     * @param framing finds the end of the reply and reads it
     * @param owner what the selection key is to carry
     * @throws IOException if the network refuses at once
     * @throws UncheckedIOException if no socket can be had, which is no fault of the device
     */
    static Exchange begin(
            Selector selector,
            InetSocketAddress address,
            byte[] request,
            Framing framing,
            int maxReplyBytes,
            Object owner)
            throws IOException {
        SocketChannel channel = socket();
        try {
            channel.configureBlocking(false);
            // a connection that stands at once is found connectable by the next select
            channel.register(selector, SelectionKey.OP_CONNECT, owner);
            if (channel.connect(address)) {
                channel.keyFor(selector).interestOps(SelectionKey.OP_WRITE);
            }
            return new Exchange(channel, request, framing, maxReplyBytes);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static SocketChannel socket() {
        try {
            return SocketChannel.open();
        } catch (IOException e) {
            throw new UncheckedIOException("no socket can be opened: " + reason(e), e);
        }
    }

    /** How far it has come. */
    Phase phase() {
        return phase;
    }

    /**
     * Goes as far as it can without waiting, but reads at most one buffer, so that no device keeps the others waiting.
     *
     * @return how the exchange ended, or null where it goes on
     */
    @Nullable
    Outcome advance(SelectionKey key, Scratch scratch) {
        try {
            if (phase == Phase.CONNECT) {
                if (!channel.isConnected() && !channel.finishConnect()) {
                    return null;
                }
                phase = Phase.WRITE;
            }
            if (phase == Phase.WRITE) {
                channel.write(request);
                if (request.hasRemaining()) {
                    key.interestOps(SelectionKey.OP_WRITE);
                    return null;
                }
                phase = Phase.FIRST_BYTE;
                key.interestOps(SelectionKey.OP_READ);
                return null;
            }
            return read(scratch);
        } catch (IOException e) {
            String reason = reason(e);
            return phase == Phase.CONNECT ? new Outcome.Unconnected(reason) : new Outcome.Broken(phase, reason);
        }
    }

    private @Nullable Outcome read(Scratch scratch) throws IOException {
        int count = scratch.read(channel);
        if (count < 0) {
            return new Outcome.Replied(framing.read(reply, received));
        }
        phase = Phase.READ;
        int kept = Math.min(count, maxReplyBytes - received);
        int from = received;
        received += kept;
        // most replies come whole in one read: they need no room of their own
        boolean keeps = from > 0;
        byte[] all = keeps ? scratch.appendedTo(reply, from, kept, maxReplyBytes) : scratch.bytes();
        seen = all;
        if (framing.scan(all, from, received) >= 0) {
            return new Outcome.Replied(framing.read(all, received));
        }
        reply = keeps ? all : Arrays.copyOf(all, Math.min(maxReplyBytes, received * 2));
        seen = reply;
        return kept < count ? new Outcome.TooLarge(maxReplyBytes) : null;
    }

    /** How many bytes of the reply have come. */
    int received() {
        return received;
    }

    /** The bytes of the reply that have come; those of one that came whole only until the next exchange reads. */
    byte[] receivedBytes() {
        return Arrays.copyOf(seen, received);
    }

    /** What went wrong, in words that the system chose and not the device. */
    static String reason(IOException e) {
        String message = DeviceText.clean(e.getMessage());
        return message == null ? e.getClass().getSimpleName() : message;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            log.debug("a connection that was no longer wanted closed with a fault", e);
        }
    }
}
