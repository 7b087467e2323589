package io.minerops.core.discovery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far a discovery is.
 *
 * @param queried number of addresses that responded or timed out
 * @param total how many addresses there are
 * @param found how many miners answered
 * @param unidentified number of addresses that accept connections and were not identified as miners
 * @param fraction how much of the work is done, 0 to 1, second tries included; never goes down, and is 1 only when all
 *     is done
 * @param elapsed since the start
 * @param eta remaining time at the speed so far; null if not known yet
 */
public record DiscoveryProgress(
        int queried,
        int total,
        int found,
        int unidentified,
        double fraction,
        Duration elapsed,
        @Nullable Duration eta) {}
