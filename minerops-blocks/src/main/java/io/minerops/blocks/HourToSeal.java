package io.minerops.blocks;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Collects the samples of some miners of an hour that is over, and seals them a slice at a time. Sealing again what is
 * sealed in part gives the same: a block that is there takes its samples in again. Not thread-safe.
 */
public final class HourToSeal {
    /** Miners of one row of roll-ups, and of one transaction of a store that writes a slice at a time. */
    public static final int SLICE = 128;

    private final int first;
    private final int end;
    private final TreeMap<Integer, MinerSeries> miners = new TreeMap<>();
    private final Set<Integer> sealedBefore = new HashSet<>();
    private int highest;

    /**
     * What is to be written of a slice.
     *
     * @param blocks in bytes, by the miner's number
     * @param rollups those of the hour, by the miner's number
     */
    public record Slice(SortedMap<Integer, byte[]> blocks, SortedMap<Integer, Rollup> rollups) {}

    /** An hour without samples, for miners of a number from {@code first} on and before {@code end}. */
    public HourToSeal(int first, int end) {
        this.first = first;
        this.end = end;
    }

    /** The first number of the slice that a miner is in. */
    public static int sliceOf(int number) {
        return number / SLICE * SLICE;
    }

    /** Takes in a poll; ascending by time, before any block. */
    public void add(long at, Frame tick) {
        int keys = tick.find(ColumnIds.KEY);
        if (tick.rows() > 0) {
            highest = Math.max(highest, (int) tick.number(keys, tick.rows() - 1));
        }
        int until = tick.firstRow(end);
        for (int row = tick.firstRow(first); row < until; row++) {
            int number = (int) tick.number(keys, row);
            miners.computeIfAbsent(number, one -> new MinerSeries()).add(at, tick, row);
        }
    }

    /** Takes in the block that there is of a miner already; a sample of a poll that was taken in stays as it is. */
    public void add(int number, Block block) {
        MinerSeries ofPolls = miners.get(number);
        if (ofPolls != null) {
            MinerSeries both = new MinerSeries();
            both.add(block);
            both.add(Block.of(ofPolls.encode()));
            miners.put(number, both);
            sealedBefore.add(number);
        }
    }

    /** The highest number in any poll that was taken in, of the miners that are not collected too; 0 for none. */
    public int highest() {
        return highest;
    }

    /** Whether no sample was taken in. */
    public boolean isEmpty() {
        return miners.isEmpty();
    }

    /** Whether a slice has any samples. */
    public boolean has(int slice) {
        return !miners.subMap(slice, slice + SLICE).isEmpty();
    }

    /**
     * Seals a slice.
     *
     * @param slice the first number of the slice
     * @param known the roll-ups of the hour that are stored already, by the miner's number
     * @param readings the ids of the columns
     */
    public Slice seal(int slice, SortedMap<Integer, Rollup> known, ReadingIds readings) {
        SortedMap<Integer, byte[]> blocks = new TreeMap<>();
        SortedMap<Integer, Rollup> rollups = new TreeMap<>(known);
        for (Map.Entry<Integer, MinerSeries> miner :
                miners.subMap(slice, slice + SLICE).entrySet()) {
            blocks.put(miner.getKey(), miner.getValue().encode());
            boolean whole = sealedBefore.contains(miner.getKey());
            // a roll-up whose block was pruned knows more than the poll that came so late
            rollups.merge(
                    miner.getKey(), miner.getValue().rollup(readings), (before, now) -> whole ? now : before.then(now));
        }
        return new Slice(blocks, rollups);
    }
}
