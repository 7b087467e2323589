package io.minerops.core.device.internal.net;

import java.util.concurrent.TimeUnit;

/**
 * How many devices are read at a time, and the rate of new readings.
 *
 * @param connections devices that are read at a time, 1 or more
 * @param perSubnet of these in one subnet
 * @param suspects of these that did not answer the last time, so that unresponsive devices never block the others
 * @param startGapNanos minimum time between the starts of two readings
 * @param subnetGapNanos the same within one subnet
 */
public record ConnectionLimits(int connections, int perSubnet, int suspects, long startGapNanos, long subnetGapNanos) {
    /** The gap between starts of which so many fit into a second. */
    public static long gapNanos(int startsPerSecond) {
        return TimeUnit.SECONDS.toNanos(1) / startsPerSecond;
    }
}
