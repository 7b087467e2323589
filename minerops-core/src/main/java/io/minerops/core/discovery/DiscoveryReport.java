package io.minerops.core.discovery;

import io.minerops.api.miner.MinerAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What a discovery came to. Every address of the range is counted in exactly one of found, unidentified, refused,
 * silent and not asked.
 *
 * @param total how many addresses there were
 * @param found the miners that answered, ordered by address
 * @param unidentified what accepts connections and could not be told to be a miner, ordered by address
 * @param refused how many addresses said that nobody listens
 * @param silent how many addresses said nothing, twice
 * @param notAsked how many addresses were not asked, because it was cancelled or the client had no room for them
 * @param retried how many addresses were asked a second time
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
        int notAsked,
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
                + ", refused=" + refused + ", silent=" + silent + ", notAsked=" + notAsked + ", retried=" + retried
                + ", cancelled=" + cancelled + ", elapsed=" + elapsed + "]";
    }
}
