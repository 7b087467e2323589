package io.minerops.api.miner;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Reads one device. Implementations are thread-safe, never block the caller, hold at most one connection to a device
 * at a time, and honour the deadline. Nothing here can send a command that changes a device.
 */
public interface MinerClient extends AutoCloseable {
    /**
     * Reads a miner's identity and measurements.
     *
     * @param miner where to read
     * @param deadline how long all exchanges of this reading may take together, from this call; longer than zero
     * @return a stage that completes within the deadline (plus scheduling) with one {@link MinerReading}; it fails only
     *     by a fault of the client itself, never because of what a device does. A shortage of this machine is
     *     {@link MinerReading.NotRead} and never an outcome that describes the device
     */
    CompletionStage<MinerReading> read(MinerAddress miner, Duration deadline);

    /** Ends readings under way and releases threads and sockets; safe to call twice. */
    @Override
    void close();
}
