package io.minerops.api.miner;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Has devices do something. Apart from {@link MinerClient}, which cannot: nothing of MinerOps sends a command unless
 * a control is configured, and no job ever uses it.
 *
 * <p>Implementations are thread-safe, never block the caller, do one thing at a time with one device, send only what its
 * family offers, and honour the deadline.
 */
public interface MinerControl extends AutoCloseable {
    /**
     * Has one miner do one thing, once: what fails is not tried again.
     *
     * @param miner where it answers
     * @param action what it is to do
     * @param deadline how long all exchanges may take together, from this call; longer than zero
     * @return a stage that completes within the deadline (plus scheduling) with one {@link ControlResult}; it fails only
     *     by a fault of the control itself, never because of what a device does
     */
    CompletionStage<ControlResult> perform(MinerAddress miner, ControlAction action, Duration deadline);

    /** Lets what is under way end in failure and releases threads and sockets; safe to call twice. */
    @Override
    void close();
}
