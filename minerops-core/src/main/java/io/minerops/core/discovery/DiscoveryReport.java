package io.minerops.core.discovery;

import io.minerops.api.miner.MinerAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What a discovery came to. Every address of the range is counted in exactly one of found, unidentified, refused,
 * unresponsive and not queried.
 *
 * @param total how many addresses there were
 * @param found the miners that answered, ordered by address
 * @param unidentified hosts that accept connections and were not identified as miners, ordered by address
 * @param refused number of addresses that refused the connection
 * @param silent how many addresses said nothing, twice
 * @param notQueried number of addresses that were not queried, because it was cancelled or the client was full
 * @param retried number of addresses that were queried twice
 * @param cancelled whether it was cancelled before its end
 * @param elapsed how long it took
 * @param vacant the addresses that refused or were silent
 */
public record DiscoveryReport(
        int total,
        List<DiscoveredMiner> found,
        List<UnidentifiedHost> unidentified,
        int refused,
        int silent,
        int notQueried,
        int retried,
        boolean cancelled,
        Duration elapsed,
        Set<MinerAddress> vacant) {
    public DiscoveryReport {
        found = List.copyOf(found);
        unidentified = List.copyOf(unidentified);
        vacant = Set.copyOf(vacant);
    }

    /** Its counts; the addresses are too many to print. */
    @Override
    public String toString() {
        return "DiscoveryReport[total=" + total + ", found=" + found.size() + ", unidentified=" + unidentified.size()
                + ", refused=" + refused + ", silent=" + silent + ", notQueried=" + notQueried + ", retried=" + retried
                + ", cancelled=" + cancelled + ", elapsed=" + elapsed + "]";
    }

    /**
     * An address that accepts connections but was not identified as a miner.
     *
     * @param reason why not, for people; text of the device in it is already cut and free of control characters
     */
    public record UnidentifiedHost(MinerAddress address, String reason) {}
}
