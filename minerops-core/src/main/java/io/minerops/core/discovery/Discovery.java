package io.minerops.core.discovery;

import io.minerops.api.internal.DaemonThreads;
import io.minerops.api.miner.MinerClient;
import io.minerops.core.MinerRange;
import io.minerops.core.cgminer.CgminerClient;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks every address of a range who is there, without harm to the network or to what is on it.
 *
 * <p>An address is asked by the real request that a poll sends, never by a connection that stays silent: CGMiner serves
 * one connection at a time, and one that says nothing blocks it for all others. Connections are begun at a steady rate,
 * those to a device's further ports included; a bounded number of addresses is asked at a time, each for a short time,
 * in an order drawn from a seed, so that no switch and no subnet meets all at once. An address that was silent is asked
 * once more when all others are through, because the first packet to an address that nobody has looked up yet is often
 * lost. One discovery runs at a time.
 *
 * <p>Which addresses may be asked is not judged here: see {@link NetworkLimits}. A range holds {@value
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

    /** How hard it asks. */
    public DiscoverySettings settings() {
        return settings;
    }

    /**
     * Begins to ask, and returns at once.
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
