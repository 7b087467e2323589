package io.minerops.core.internal.fact;

import io.minerops.api.miner.Fact;
import io.minerops.api.miner.MinerAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Bounds how much a device that flaps can store: so many changes a day of one subject, and so many of one miner. The days
 * are those of UTC. Not thread-safe.
 */
final class ChangeLimit {
    /** How many changes of one subject are stored a day. */
    static final int MAX_PER_SUBJECT = 24;

    /** How many of all subjects of one miner: more than the first sight of a device with many boards. */
    static final int MAX_PER_MINER = 200;

    private final Map<MinerAddress, Count> counts = new HashMap<>();
    private long day = Long.MIN_VALUE;

    private static final class Count {
        private final Map<Fact.Subject, Integer> bySubject = new HashMap<>();
        private int stored;
        private int left;
    }

    /**
     * Changes that were not stored.
     *
     * @param polls in how many polls one was seen
     */
    record Left(MinerAddress miner, int polls) {}

    /** Begins another day where it has come; returns what the last one left out. */
    List<Left> moveTo(Instant at) {
        long today = Math.floorDiv(at.getEpochSecond(), Duration.ofDays(1).toSeconds());
        if (today == day) {
            return List.of();
        }
        day = today;
        List<Left> left = new ArrayList<>();
        counts.forEach((miner, count) -> {
            if (count.left > 0) {
                left.add(new Left(miner, count.left));
            }
        });
        counts.clear();
        return left;
    }

    /** Takes in a change; returns whether it is to be stored. */
    boolean allows(Fact.Subject subject) {
        Count count = counts.computeIfAbsent(subject.miner(), miner -> new Count());
        int ofSubject = count.bySubject.getOrDefault(subject, 0);
        if (ofSubject >= MAX_PER_SUBJECT || count.stored >= MAX_PER_MINER) {
            count.left++;
            return false;
        }
        count.bySubject.put(subject, ofSubject + 1);
        count.stored++;
        return true;
    }

    /** Whether the change that was refused last is the first of its miner on this day. */
    boolean isFirstLeft(MinerAddress miner) {
        Count count = counts.get(miner);
        return count != null && count.left == 1;
    }
}
