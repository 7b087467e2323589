package io.minerops.core.device.internal.net;

import io.minerops.core.device.internal.reading.Framings;
import io.minerops.core.device.internal.reading.ReadingPlan;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceRequest;
import io.minerops.core.device.reply.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.util.List;

/** The connections of one loop: begins and ends them, and counts those that hold a file descriptor. */
final class OpenConnections {
    private final Selector selector;
    private final LoopParts parts;
    private int open;
    /** Connections that were closed since the last look at the sockets: until the next they keep their descriptors. */
    private int closing;

    OpenConnections(Selector selector, LoopParts parts) {
        this.selector = selector;
        this.parts = parts;
    }

    /**
     * Begins a connection for one request.
     *
     * @throws IOException if the device cannot be reached with it
     * @throws LocalShortage if this machine has no socket for it
     */
    Exchange begin(PendingReading reading, ReadingPlan plan, List<Command> commands) throws IOException {
        InetAddress address = reading.address;
        if (address == null) {
            throw new IllegalStateException(reading.miner + " has no address yet");
        }
        Endpoint endpoint = commands.get(0).endpoint();
        DeviceRequest query = new DeviceRequest(commands, parts.ports().of(endpoint, reading.miner, plan.webHere()));
        reading.query = query;
        parts.connectionsBegun().incrementAndGet();
        try {
            Exchange exchange = Exchange.begin(
                    selector,
                    new InetSocketAddress(address, query.port()),
                    query.bytes(reading.miner.host()),
                    Framings.of(endpoint, parts.maxReplyBytes()),
                    parts.maxReplyBytes(),
                    parts.memory(),
                    reading);
            open++;
            return exchange;
        } catch (LocalShortage e) {
            // it never reached the network
            parts.connectionsBegun().decrementAndGet();
            throw e;
        }
    }

    /** Ends a connection; its reply is kept for who listens. */
    void end(PendingReading reading, Exchange exchange) {
        reading.exchange = null;
        open--;
        closing++;
        exchange.close();
        DeviceRequest query = reading.query;
        ReceivedReplies heard = reading.heard;
        if (heard != null && query != null) {
            heard.add(query, exchange);
        }
    }

    /** The sockets were looked at: what was closed before has given its descriptors back. */
    void looked() {
        closing = 0;
    }

    int open() {
        return open;
    }

    int closing() {
        return closing;
    }

    /** How many file descriptors they hold. */
    int held() {
        return open + closing;
    }
}
