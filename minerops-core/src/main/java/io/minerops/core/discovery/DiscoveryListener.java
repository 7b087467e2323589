package io.minerops.core.discovery;

/**
 * Hears how a discovery goes, on a thread of its own, one call at a time: a listener that is slow holds up no
 * discovery, and hears of fewer steps of the progress. What a listener throws is logged.
 */
public interface DiscoveryListener {
    /** A listener that does nothing. */
    DiscoveryListener NONE = new DiscoveryListener() {};

    /** It has come so far. The newest progress is told, steps between may be left out; the last one is always told. */
    default void progress(DiscoveryProgress progress) {}

    /** A miner answered; each is told once. */
    default void found(DiscoveredMiner miner) {}

    /** It is over; nothing is told after this. */
    default void finished(DiscoveryReport report) {}
}
