package io.minerops.core.discovery;

import io.minerops.api.internal.Check;
import java.time.Duration;

/**
 * Rate and limits of a discovery.
 *
 * @param connectionsPerSecond the most connections begun in a second, 1 to 100,000
 * @param maxInFlight maximum addresses queried at a time, 1 to 4,096; the client's own limit holds beside it
 * @param deadline how long an address of which nothing is known may take to be read, above 0
 * @param timeouts how long one may take that accepted a connection but was too slow for the deadline; above 0
 * @param seed seed of the order: the same seed and range give the same order
 */
public record DiscoverySettings(
        int connectionsPerSecond, int maxInFlight, Duration deadline, Duration timeouts, long seed) {
    /** The default maximum of connections per second: a rate at which small switches can learn addresses. */
    public static final int DEFAULT_CONNECTIONS_PER_SECOND = 500;

    /** The default maximum of addresses queried at a time. */
    public static final int DEFAULT_MAX_IN_FLIGHT = 256;

    private static final int MAX_CONNECTIONS_PER_SECOND = 100_000;
    private static final int MAX_IN_FLIGHT = 4_096;

    /** Long enough for one address look-up (ARP) that is answered late, or for one lost packet. */
    private static final Duration DEFAULT_DEADLINE = Duration.ofMillis(1_500);

    private static final Duration DEFAULT_TIMEOUTS = Duration.ofSeconds(6);

    public DiscoverySettings {
        Check.between("connections_per_second", connectionsPerSecond, 1, MAX_CONNECTIONS_PER_SECOND);
        Check.between("max_in_flight", maxInFlight, 1, MAX_IN_FLIGHT);
        Check.positive("deadline", deadline);
        Check.positive("patience", timeouts);
    }

    /** 500 connections a second, 256 addresses at a time, 1.5 s for an unknown address, 6 s for a slow device. */
    public static DiscoverySettings defaults() {
        return new DiscoverySettings(
                DEFAULT_CONNECTIONS_PER_SECOND, DEFAULT_MAX_IN_FLIGHT, DEFAULT_DEADLINE, DEFAULT_TIMEOUTS, 0);
    }

    /** The same with another rate. */
    public DiscoverySettings withConnectionsPerSecond(int rate) {
        return new DiscoverySettings(rate, maxInFlight, deadline, timeouts, seed);
    }

    /** The same with another number of addresses at a time. */
    public DiscoverySettings withMaxInFlight(int addresses) {
        return new DiscoverySettings(connectionsPerSecond, addresses, deadline, timeouts, seed);
    }

    /** The same with other times for an unknown address and for a slow device. */
    public DiscoverySettings withDeadlines(Duration unknown, Duration slow) {
        return new DiscoverySettings(connectionsPerSecond, maxInFlight, unknown, slow, seed);
    }

    /** The same with another seed. */
    public DiscoverySettings withSeed(long number) {
        return new DiscoverySettings(connectionsPerSecond, maxInFlight, deadline, timeouts, number);
    }
}
