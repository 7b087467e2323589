package io.minerops.core.discovery;

import io.minerops.api.internal.DaemonThreads;
import io.minerops.api.miner.MinerClient;
import io.minerops.core.device.CgminerClient;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Queries every address of a range, without harm to the network or its devices.
 *
 * <p>An address is queried with the request of a poll, never with a silent connection: CGMiner serves
 * one connection at a time, and one that says nothing blocks it for all others. Connections are begun at a steady rate,
 * those to a device's further ports included; a bounded number of addresses is queried at a time, each for a short time,
 * in an order drawn from a seed, so that no switch and no subnet meets all at once. An unresponsive address is
 * queried again after all others, because the first packet to an address that is not in the ARP cache is often
 * lost. One discovery runs at a time.
 *
 * <p>Which addresses are allowed is not checked here: see {@link NetworkLimits}. A range holds {@value
 * MinerRange#MAX_ADDRESSES} addresses at most. Thread-safe; the client stays the caller's.
 */
public final class Discovery {
    private final MinerClient client;
    private final DiscoverySettings settings;
    private final Ticker ticker;
    private final LongSupplier connections;
    private final AtomicReference<@Nullable DiscoveryRun> current = new AtomicReference<>();

    /** A discovery by that client; where it polls too, both share its limits. */
    public Discovery(MinerClient client, DiscoverySettings settings) {
        this(client, settings, Ticker.system());
    }

    Discovery(MinerClient client, DiscoverySettings settings, Ticker ticker) {
        this.client = client;
        this.settings = settings;
        this.ticker = ticker;
        // paced by the connections that the client opens; by the readings that it begins where it counts none
        connections = client instanceof CgminerClient counting ? counting::connectionsBegun : () -> 0;
    }

    /** Its rate and limits. */
    public DiscoverySettings settings() {
        return settings;
    }

    /**
     * Starts, and returns at once.
     *
     * @throws DiscoveryRunningException while another one runs
     */
    public DiscoveryRun start(MinerRange range, DiscoveryListener listener) {
        DiscoveryRun before = current.get();
        DiscoveryRun run = new DiscoveryRun(range.addresses(), client, settings, ticker, connections, listener);
        if ((before != null && !before.isOver()) || !current.compareAndSet(before, run)) {
            throw new DiscoveryRunningException();
        }
        Thread thread = DaemonThreads.of("discovery", run::run);
        try {
            thread.start();
        } catch (OutOfMemoryError e) {
            // without its thread it would count as running for good, and refuse every other
            run.fail(new IllegalStateException("no thread for the discovery could be started: " + e.getMessage(), e));
        }
        return run;
    }
}
