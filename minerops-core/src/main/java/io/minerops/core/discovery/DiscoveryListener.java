package io.minerops.core.discovery;

/**
 * Hears how a discovery goes, on a thread of its own, one call at a time: a listener that is slow holds up no
 * discovery, and hears of fewer steps of the progress. What a listener throws is logged.
 */
public interface DiscoveryListener {
    /** A listener that does nothing. */
    DiscoveryListener NONE = new DiscoveryListener() {};

    /** Progress. The newest is reported, steps between may be left out; the last one is always reported. */
    default void progress(DiscoveryProgress progress) {}

    /** A miner responded; each is reported once. */
    default void found(DiscoveredMiner miner) {}

    /** The end; nothing is reported after this. */
    default void finished(DiscoveryReport report) {}
}
