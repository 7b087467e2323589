package io.minerops.core.device.internal.control;

import io.minerops.api.miner.MinerReading.Phase;
import io.minerops.core.device.internal.net.Exchange;
import io.minerops.core.device.internal.net.LocalShortage;
import io.minerops.core.device.internal.net.ReplyMemory;
import io.minerops.core.device.internal.net.Scratch;
import io.minerops.core.device.internal.reading.Outcome;
import io.minerops.core.device.internal.wire.CgminerFraming;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Exchanges with one device, one after the other on the calling thread, each within an absolute deadline. */
public final class ControlLine implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ControlLine.class);

    private final Selector selector;
    private final InetSocketAddress address;
    private final int maxReplyBytes;
    private final Scratch scratch = new Scratch();
    private final ReplyMemory room;

    /**
     * How an exchange went.
     *
     * @param outcome how it ended; null where the deadline passed
     * @param phase how far it came
     * @param text what came, byte by byte; for marks to be looked for, never to be shown
     */
    record Answer(@Nullable Outcome outcome, Phase phase, String text) {}

    /**
     * @throws LocalShortage if this machine has no selector left for it
     */
    public ControlLine(InetSocketAddress address, int maxReplyBytes) {
        this.address = address;
        this.maxReplyBytes = maxReplyBytes;
        // one exchange at a time, and so many lines as there are threads: that is the bound in total
        room = new ReplyMemory(4L * maxReplyBytes);
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new LocalShortage("no selector can be opened: " + Exchange.reason(e));
        }
    }

    /**
     * Sends a request and waits for its reply.
     *
     * @param endsNanos when it must have ended, on the scale of {@link System#nanoTime}
     * @throws LocalShortage if this machine has no socket for it, which is no fault of the device
     * @throws UncheckedIOException if the selector fails, which is no fault of the device either
     */
    Answer exchange(byte[] request, long endsNanos) {
        try (Exchange exchange =
                Exchange.begin(selector, address, request, new CgminerFraming(), maxReplyBytes, room, this)) {
            Outcome outcome = await(exchange, endsNanos);
            return new Answer(
                    outcome, exchange.phase(), new String(exchange.receivedBytes(), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return new Answer(new Outcome.Unconnected(Exchange.reason(e)), Phase.CONNECT, "");
        }
    }

    private @Nullable Outcome await(Exchange exchange, long endsNanos) {
        for (long left = endsNanos - System.nanoTime();
                left > 0 && !Thread.currentThread().isInterrupted();
                left = endsNanos - System.nanoTime()) {
            for (SelectionKey key : readyWithin(left)) {
                Outcome outcome = key.isValid() ? exchange.advance(key, scratch) : null;
                if (outcome != null) {
                    return outcome;
                }
            }
        }
        return null;
    }

    private Iterable<SelectionKey> readyWithin(long nanos) {
        try {
            selector.selectedKeys().clear();
            selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos + 999_999)));
            return selector.selectedKeys();
        } catch (IOException e) {
            throw new UncheckedIOException("the selector failed: " + Exchange.reason(e), e);
        }
    }

    @Override
    public void close() {
        try {
            selector.close();
        } catch (IOException e) {
            log.debug("a selector that was no longer wanted closed with a fault", e);
        }
    }
}
