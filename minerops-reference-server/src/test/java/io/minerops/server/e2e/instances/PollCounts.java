package io.minerops.server.e2e.instances;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** How often each miner was polled in each interval, as the miners saw it. Intervals are numbered by the system's clock. */
final class PollCounts {
    private final int miners;
    private final Duration interval;
    private final Map<Long, int[]> byInterval = new TreeMap<>();

    /**
     * What the miners saw of one interval.
     *
     * @param once miners that were polled once
     * @param missed miners that were not polled
     * @param repeated miners that were polled more than once
     */
    record Seen(long interval, int once, int missed, int repeated) {
        boolean isWhole() {
            return missed == 0 && repeated == 0;
        }
    }

    /**
     * No poll yet.
     *
     * @param miners those that count, from 0
     */
    PollCounts(int miners, Duration interval) {
        this.miners = miners;
        this.interval = interval;
    }

    /** Counts a request; of the requests of one reading, one has the command summary. */
    synchronized void request(String request, int miner) {
        if (miner < miners && request.contains("summary")) {
            byInterval.computeIfAbsent(now(), number -> new int[miners])[miner]++;
        }
    }

    /** The number of the interval of this moment. */
    long now() {
        return System.currentTimeMillis() / interval.toMillis();
    }

    /** How much of the present interval has passed. */
    Duration passed() {
        return Duration.ofMillis(System.currentTimeMillis() % interval.toMillis());
    }

    /** What was seen of an interval so far. */
    synchronized Seen of(long number) {
        int[] counts = byInterval.getOrDefault(number, new int[miners]);
        int once = (int) Arrays.stream(counts).filter(count -> count == 1).count();
        int missed = (int) Arrays.stream(counts).filter(count -> count == 0).count();
        return new Seen(number, once, missed, miners - once - missed);
    }

    /** The miners that were polled more than once in an interval, over all intervals. */
    synchronized int repeated() {
        return byInterval.keySet().stream()
                .mapToInt(number -> of(number).repeated())
                .sum();
    }
}
