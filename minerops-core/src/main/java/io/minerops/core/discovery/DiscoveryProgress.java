package io.minerops.core.discovery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far a discovery is.
 *
 * @param asked how many addresses have been asked and have answered or let their deadline pass
 * @param total how many addresses there are
 * @param found how many miners answered
 * @param unidentified how many addresses accept connections and could not be told to be miners
 * @param fraction how much of the work is done, 0 to 1, second tries included; never goes down, and is 1 only when all
 *     is done
 * @param elapsed since the start
 * @param eta how long it will take still, by its speed so far; null where that cannot be told yet
 */
public record DiscoveryProgress(
        int asked,
        int total,
        int found,
        int unidentified,
        double fraction,
        Duration elapsed,
        @Nullable Duration eta) {}
