package io.minerops.core.device;

import io.minerops.api.internal.DaemonThreads;
import io.minerops.api.miner.MinerReading;
import io.minerops.core.device.internal.net.ConnectionLimits;
import io.minerops.core.device.internal.net.ExchangeTimeouts;
import io.minerops.core.device.internal.net.FileDescriptors;
import io.minerops.core.device.internal.net.HostLookup;
import io.minerops.core.device.internal.net.LoopParts;
import io.minerops.core.device.internal.net.LoopThread;
import io.minerops.core.device.internal.net.PendingReading;
import io.minerops.core.device.internal.net.Ports;
import io.minerops.core.device.internal.net.ReplyMemory;
import io.minerops.core.device.internal.net.UnresponsiveDevices;
import io.minerops.core.device.internal.reading.DeviceProfiles;
import io.minerops.core.device.internal.vendor.Families;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/** The loop of a client, the thread that runs it, and what both are made of. Thread-safe. */
final class ReadingLoop implements AutoCloseable {
    /** Devices that were unresponsive the last time may have one connection in so many. */
    private static final int SHARE_OF_SUSPECTS = 4;

    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final AtomicLong connectionsBegun = new AtomicLong();
    private final HostLookup lookup = new HostLookup();
    private final ReplyMemory memory;
    private final LoopThread loop;
    private final Thread thread;

    /**
     * Starts the thread.
     *
     * @param concluded called for every reading that ends; must not block
     */
    ReadingLoop(CgminerClient.Builder builder, BiConsumer<PendingReading, MinerReading> concluded) {
        memory = new ReplyMemory(
                builder.replyMemory != null ? builder.replyMemory : ReplyMemory.shareOfHeap(builder.maxReplyBytes));
        loop = new LoopThread(
                builder.selectors,
                new LoopParts(
                        limits(builder),
                        builder.maxReplyBytes,
                        memory,
                        ExchangeTimeouts.of(builder.connectTimeout, builder.firstByteTimeout, builder.exchangeTimeout),
                        builder.clock,
                        new DeviceProfiles(builder.rememberedMiners, builder.rememberedFor),
                        new UnresponsiveDevices(builder.rememberedMiners),
                        new Families(builder.families),
                        new Ports(builder.webPort, builder.whatsminerPort, builder.auradinePort),
                        lookup,
                        concluded,
                        connectionsBegun));
        thread = DaemonThreads.of("cgminer-loop", loop);
        thread.start();
    }

    private static ConnectionLimits limits(CgminerClient.Builder builder) {
        int maxConnections = FileDescriptors.allow(builder.maxConnections);
        return new ConnectionLimits(
                maxConnections,
                builder.maxPerSubnet,
                Math.max(1, maxConnections / SHARE_OF_SUSPECTS),
                ConnectionLimits.gapNanos(builder.startsPerSecond),
                ConnectionLimits.gapNanos(builder.startsPerSecondInSubnet));
    }

    /** Room for the replies of all readings. */
    ReplyMemory memory() {
        return memory;
    }

    /** Takes a reading; false once it is closed. */
    boolean submit(PendingReading reading) {
        return loop.submit(reading);
    }

    /** How many connections it has begun. */
    long connectionsBegun() {
        return connectionsBegun.get();
    }

    /** Present while reading has failed and has not started again. */
    Optional<String> fault() {
        return loop.fault();
    }

    /** Ends the readings under way, and waits for the thread, unless it is this one. */
    @Override
    public void close() {
        loop.close();
        lookup.close();
        try {
            if (Thread.currentThread() != thread) {
                thread.join(CLOSING.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
