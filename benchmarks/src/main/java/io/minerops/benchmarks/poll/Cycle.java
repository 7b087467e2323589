package io.minerops.benchmarks.poll;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * What one poll cost.
 *
 * @param answered how many miners gave a sample
 * @param livingNanos until the last of these was read
 * @param wallNanos until the poll had ended
 * @param cpuNanos of this whole process
 */
record Cycle(int miners, int answered, long livingNanos, long wallNanos, long cpuNanos) {
    /** The processor time of this process so far. */
    static long processCpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    /** One row of the table. */
    String row(String way) {
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %,d | %.3f | %.3f | %.0f |",
                way,
                miners,
                answered,
                livingNanos / 1e9,
                wallNanos / 1e9,
                cpuNanos / 1e3 / miners);
    }
}
