package io.minerops.core.device.internal.net;

import java.util.concurrent.TimeUnit;

/**
 * How many devices are asked at a time and how fast they are turned to.
 *
 * @param connections devices that are asked at a time, 1 or more
 * @param perSubnet of these in one subnet
 * @param suspects of these that did not answer the last time, so that the dead never take the places of the living
 * @param startGapNanos at least so long lies between two devices that begin to be asked
 * @param subnetGapNanos the same within one subnet
 */
public record ConnectionLimits(int connections, int perSubnet, int suspects, long startGapNanos, long subnetGapNanos) {
    /** The gap between starts of which so many fit into a second. */
    public static long gapNanos(int startsPerSecond) {
        return TimeUnit.SECONDS.toNanos(1) / startsPerSecond;
    }
}
