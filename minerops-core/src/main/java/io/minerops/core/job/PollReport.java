package io.minerops.core.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * The result of one poll. Immutable.
 *
 * @param at the poll's time
 * @param queried number of miners queried, pending ones included
 * @param answered how many samples were stored
 * @param failures how many gave no sample, by the name of the outcome; {@code UnderWay} counts those whose answer is
 *     left to the next poll, {@code NotRead} those that were not read because of this machine: then the job fails
 * @param repairs number of repaired JSON faults
 * @param implausible how many readings were left out as implausible
 * @param took from the first request to the end of storing
 */
public record PollReport(
        Instant at,
        int queried,
        int answered,
        Map<String, Integer> failures,
        int repairs,
        int implausible,
        Duration took) {
    public PollReport {
        failures = Map.copyOf(failures);
    }
}
