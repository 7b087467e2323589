package io.minerops.core.device.internal.net;

import io.minerops.api.miner.MinerReading;
import io.minerops.core.device.internal.reading.DeviceProfiles;
import io.minerops.core.device.internal.vendor.Families;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/**
 * What readings are made with.
 *
 * @param concluded called for every reading that ends; must not block
 * @param connectionsBegun counts connections, for any thread
 */
public record LoopParts(
        ConnectionLimits limits,
        int maxReplyBytes,
        ReplyMemory memory,
        ExchangeTimeouts timeouts,
        InstantSource clock,
        DeviceProfiles profiles,
        UnresponsiveDevices unresponsive,
        Families families,
        Ports ports,
        HostLookup lookup,
        BiConsumer<PendingReading, MinerReading> concluded,
        AtomicLong connectionsBegun) {}
