package io.minerops.core.device.internal.net;

import io.minerops.api.miner.MinerAddress;
import io.minerops.core.device.reply.DeviceRequest;
import io.minerops.core.device.reply.ReplyListener;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The raw responses of one reading until a listener gets them. Not thread-safe: handed from the loop's thread to
 * the calling one.
 */
public final class ReceivedReplies {
    private static final Logger log = LoggerFactory.getLogger(ReceivedReplies.class);
    private static final int MAX_FULL_LENGTH_REPLIES = 4;

    private final List<Heard> heard = new ArrayList<>();
    private final ReplyMemory memory;
    private long bytesLeft;
    private long held;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Heard(DeviceRequest query, byte[] reply) {}

    /**
     * @param maxReplyBytes the longest reply; a reading's replies are kept up to four times that, and what goes past it
     *     is not reported
     * @param memory where room for them is taken from; a response without room is not reported either
     */
    public ReceivedReplies(int maxReplyBytes, ReplyMemory memory) {
        this.memory = memory;
        bytesLeft = (long) MAX_FULL_LENGTH_REPLIES * maxReplyBytes;
    }

    /** Keeps what an exchange that has ended has brought. */
    void add(DeviceRequest query, Exchange exchange) {
        int received = exchange.received();
        if (received > 0 && received <= bytesLeft && memory.take(received, ReplyMemory.Use.USUAL)) {
            bytesLeft -= received;
            held += received;
            heard.add(new Heard(query, exchange.receivedBytes()));
        }
    }

    /** Tells the listener, which may fail. */
    public void announce(MinerAddress miner, ReplyListener listener) {
        for (Heard each : heard) {
            try {
                listener.replied(miner, each.query.port(), each.query.commands(), each.reply);
            } catch (RuntimeException | Error e) {
                // a listener that lacks a class must not keep the reading from its end
                log.error("a listener failed over a reply of {}", miner, e);
            }
        }
    }

    /** Forgets them and gives their room back. */
    public void release() {
        heard.clear();
        memory.release(held);
        held = 0;
    }
}
