package io.minerops.benchmarks.soak;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** What clients were answered: how many of each status, how long it took, and what should not have been. */
final class Tally {
    private static final int SHOWN = 20;

    /** Answers by the millisecond that they took, the last for all that took longer. */
    private final LongAdder[] byMillis = new LongAdder[10_001];

    private final Map<Integer, LongAdder> byStatus = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
    private final LongAdder wrongCount = new LongAdder();

    Tally() {
        for (int i = 0; i < byMillis.length; i++) {
            byMillis[i] = new LongAdder();
        }
    }

    void answered(int status, Duration took) {
        byStatus.computeIfAbsent(status, key -> new LongAdder()).increment();
        byMillis[(int) Math.min(took.toMillis(), byMillis.length - 1)].increment();
    }

    /** Notes what no client has caused. */
    void wrong(String what) {
        wrongCount.increment();
        if (wrong.size() < SHOWN) {
            wrong.add(what);
        }
    }

    long wrongCount() {
        return wrongCount.sum();
    }

    Iterable<String> wrong() {
        return wrong;
    }

    Map<Integer, Long> statuses() {
        Map<Integer, Long> all = new TreeMap<>();
        byStatus.forEach((status, count) -> all.put(status, count.sum()));
        return all;
    }

    /** The time within which that share of the answers came, ms. */
    int millisOf(double share) {
        long total = 0;
        for (LongAdder count : byMillis) {
            total += count.sum();
        }
        long seen = 0;
        for (int i = 0; i < byMillis.length; i++) {
            seen += byMillis[i].sum();
            if (seen >= total * share) {
                return i;
            }
        }
        return byMillis.length;
    }
}
