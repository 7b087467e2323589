package io.minerops.core.network;

import io.minerops.api.profit.Epoch;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Height by time and time by height, interpolated between blocks whose time is known. */
final class BlockTimes {
    /** Times in the headers of the blocks of the past halvings: around them an interpolated height costs most. */
    private static final Map<Long, Instant> HALVINGS = Map.of(
            210_000L, Instant.parse("2012-11-28T15:24:38Z"),
            420_000L, Instant.parse("2016-07-09T16:46:13Z"),
            630_000L, Instant.parse("2020-05-11T19:23:43Z"),
            840_000L, Instant.parse("2024-04-20T00:09:27Z"));

    private static final long MILLIS_PER_BLOCK = 600_000;

    /** Time by height, epoch milliseconds, both ascending. */
    private final TreeMap<Long, Long> millis = new TreeMap<>();

    private final TreeMap<Long, Long> heights = new TreeMap<>();

    private BlockTimes() {}

    static BlockTimes of(List<Epoch> epochs) {
        BlockTimes times = new BlockTimes();
        epochs.forEach(epoch -> times.add(epoch.firstHeight(), epoch.startedAt()));
        HALVINGS.forEach(times::addBetween);
        return times;
    }

    /** A halving outside of a table that has only some epochs does not fit in. */
    private void addBetween(long height, Instant at) {
        boolean fits = millis.floorKey(height) != null
                && millis.floorEntry(height).getValue() < at.toEpochMilli()
                && millis.ceilingKey(height) != null
                && millis.ceilingEntry(height).getValue() > at.toEpochMilli();
        if (fits) {
            add(height, at);
        }
    }

    private void add(long height, Instant at) {
        millis.put(height, at.toEpochMilli());
        heights.put(at.toEpochMilli(), height);
    }

    /** The height of the last block at a moment, which is not before the first known block. */
    long heightAt(Instant moment) {
        long at = moment.toEpochMilli();
        Map.Entry<Long, Long> before = heights.floorEntry(at);
        Map.Entry<Long, Long> after = heights.higherEntry(at);
        long elapsed = at - before.getKey();
        if (after == null) {
            return before.getValue() + elapsed / MILLIS_PER_BLOCK;
        }
        long blocks = after.getValue() - before.getValue();
        return before.getValue() + elapsed * blocks / (after.getKey() - before.getKey());
    }

    /** The time of the block at a height, which is not below the first known one. */
    Instant timeOf(long height) {
        Map.Entry<Long, Long> before = millis.floorEntry(height);
        Map.Entry<Long, Long> after = millis.higherEntry(height);
        long blocks = height - before.getKey();
        if (after == null) {
            return Instant.ofEpochMilli(before.getValue() + blocks * MILLIS_PER_BLOCK);
        }
        long span = after.getKey() - before.getKey();
        // rounded up, so that the height at this time is this height
        long elapsed = -Math.floorDiv(-blocks * (after.getValue() - before.getValue()), span);
        return Instant.ofEpochMilli(before.getValue() + elapsed);
    }
}
