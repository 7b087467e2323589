package io.minerops.core.device.internal.net;

import io.minerops.api.miner.MinerReading.Phase;
import io.minerops.core.device.internal.reading.Outcome;
import io.minerops.core.device.internal.wire.DeviceText;
import io.minerops.core.device.internal.wire.Framing;
import java.io.IOException;
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
public final class Exchange implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Exchange.class);
    private static final byte[] NOTHING = {};

    /** A reply that is longer takes room for the longest reply, and waits for it where that is scarce. */
    private static final int USUAL_REPLY_BYTES = Scratch.BYTES;

    /** What a reply holds at most before it takes that room. */
    static final int MAX_BYTES_WITHOUT_ROOM = USUAL_REPLY_BYTES + Scratch.BYTES;

    private final Selector selector;
    private final SocketChannel channel;
    private final ByteBuffer request;
    private final int maxReplyBytes;
    private final Framing framing;
    private final ReplyMemory memory;
    private long held;
    private boolean hasRoom;
    private boolean waitsForRoom;
    private byte[] reply = NOTHING;
    private byte[] seen = NOTHING;
    private int received;
    private Phase phase = Phase.CONNECT;

    private Exchange(
            Selector selector,
            SocketChannel channel,
            byte[] request,
            Framing framing,
            int maxReplyBytes,
            ReplyMemory memory) {
        this.selector = selector;
        this.channel = channel;
        this.memory = memory;
        this.request = ByteBuffer.wrap(request);
        this.framing = framing;
        this.maxReplyBytes = maxReplyBytes;
    }

    /**
     * Begins to connect.
     *
     * @param framing finds the end of the reply and reads it
     * @param memory where the room for its reply is taken from
     * @param owner what the selection key is to carry
     * @throws IOException if the network refuses at once
     * @throws LocalShortage if this machine has no socket for it, which is no fault of the device
     */
    public static Exchange begin(
            Selector selector,
            InetSocketAddress address,
            byte[] request,
            Framing framing,
            int maxReplyBytes,
            ReplyMemory memory,
            Object owner)
            throws IOException {
        SocketChannel channel = socket();
        boolean begun = false;
        try {
            register(channel, selector, owner);
            if (channel.connect(address)) {
                channel.keyFor(selector).interestOps(SelectionKey.OP_WRITE);
            }
            begun = true;
            return new Exchange(selector, channel, request, framing, maxReplyBytes, memory);
        } catch (IOException e) {
            if (LocalShortage.isCauseOf(e)) {
                throw new LocalShortage("no connection can be begun: " + reason(e));
            }
            throw e;
        } finally {
            if (!begun) {
                channel.close();
            }
        }
    }

    /** A connection that stands at once is found connectable by the next select. */
    private static void register(SocketChannel channel, Selector selector, Object owner) {
        try {
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_CONNECT, owner);
        } catch (IOException e) {
            throw new LocalShortage("no socket can be used: " + reason(e));
        }
    }

    private static SocketChannel socket() {
        try {
            return SocketChannel.open();
        } catch (IOException e) {
            throw new LocalShortage("no socket can be opened: " + reason(e));
        }
    }

    /** How far it has come. */
    public Phase phase() {
        return phase;
    }

    /**
     * Goes as far as it can without waiting, but reads at most one buffer, so that no device keeps the others waiting.
     *
     * @return how the exchange ended, or null where it goes on
     * @throws LocalShortage if this machine has no room for the reply or no port for the connection
     */
    @Nullable
    public Outcome advance(SelectionKey key, Scratch scratch) {
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
            if (phase == Phase.CONNECT && LocalShortage.isCauseOf(e)) {
                throw new LocalShortage("no connection can be begun: " + reason);
            }
            return phase == Phase.CONNECT ? new Outcome.Unconnected(reason) : new Outcome.Broken(phase, reason);
        }
    }

    private @Nullable Outcome read(Scratch scratch) throws IOException {
        // room is taken before a read: what is left in the socket is not lost
        if (received >= USUAL_REPLY_BYTES && !takeRoom()) {
            waitsForRoom = true;
            return null;
        }
        int count = scratch.read(channel);
        if (count < 0) {
            return new Outcome.Replied(framing.read(reply, received));
        }
        phase = Phase.READ;
        int kept = Math.min(count, maxReplyBytes - received);
        int from = received;
        received += kept;
        if (from > 0) {
            keep(scratch, from, kept);
        } else {
            // most replies come whole in one read: they need no room of their own
            seen = scratch.bytes();
        }
        if (framing.scan(seen, from, received) >= 0) {
            return new Outcome.Replied(framing.read(seen, received));
        }
        if (from == 0) {
            keep(scratch, 0, received);
        }
        return kept < count ? new Outcome.TooLarge(maxReplyBytes) : null;
    }

    private void keep(Scratch scratch, int at, int count) {
        int needed = at + count;
        if (needed > reply.length) {
            long doubled = Math.min(maxReplyBytes, needed * 2L);
            int room = (int) (hasRoom ? doubled : Math.max(needed, Math.min(doubled, USUAL_REPLY_BYTES)));
            if (!hasRoom && !take(room - reply.length, ReplyMemory.Use.USUAL)) {
                throw new LocalShortage("no room for a reply: " + memory);
            }
            reply = Arrays.copyOf(reply, room);
        }
        scratch.copyTo(reply, at, count);
        seen = reply;
    }

    /** Takes room for the longest reply; says whether it has it. */
    boolean takeRoom() {
        hasRoom = hasRoom || take(Math.max(0, maxReplyBytes - held), ReplyMemory.Use.LONG_REPLY);
        waitsForRoom &= !hasRoom;
        return hasRoom;
    }

    private boolean take(long bytes, ReplyMemory.Use use) {
        boolean taken = memory.take(bytes, use);
        held += taken ? bytes : 0;
        return taken;
    }

    /** Whether the device has more to say than there is room for now. */
    boolean waitsForRoom() {
        return waitsForRoom;
    }

    /** Waits for no more of the reply, or goes on with it. */
    void pause(boolean paused) {
        SelectionKey key = channel.keyFor(selector);
        if (key != null && key.isValid()) {
            key.interestOps(paused ? 0 : SelectionKey.OP_READ);
        }
    }

    /** How many bytes of the reply have come. */
    int received() {
        return received;
    }

    /** The bytes of the reply that have come; those of one that came whole only until the next exchange reads. */
    public byte[] receivedBytes() {
        return Arrays.copyOf(seen, received);
    }

    /** What went wrong, in the wording of the system, not of the device. */
    public static String reason(IOException e) {
        String message = DeviceText.clean(e.getMessage());
        return message == null ? e.getClass().getSimpleName() : message;
    }

    @Override
    public void close() {
        memory.release(held);
        held = 0;
        try {
            channel.close();
        } catch (IOException e) {
            log.debug("a connection that was no longer wanted closed with a fault", e);
        }
    }
}
