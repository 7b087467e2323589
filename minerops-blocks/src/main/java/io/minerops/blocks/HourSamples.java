package io.minerops.blocks;

import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/**
 * What is stored of one hour, put together from wherever it is: the blocks first, then the ticks that are not sealed yet,
 * ascending. A sample that is in several of them is the same in all, or newest in the last of them. Not thread-safe.
 */
public final class HourSamples {
    /** A block that holds the times of all the hour's polls has the number that no miner has. */
    public static final int POLLS = 0;

    private final SortedMap<Integer, Samples> miners = new TreeMap<>();
    private final NavigableSet<Long> polls = new TreeSet<>();
    private final int onlyMiner;
    private final IntPredicate wanted;

    /**
     * An hour without samples.
     *
     * @param onlyMiner the number of the one wanted miner, so that it alone is looked up; 0 for several
     * @param wanted which numbers are taken in; the others are left out
     */
    public HourSamples(int onlyMiner, IntPredicate wanted) {
        this.onlyMiner = onlyMiner;
        this.wanted = wanted;
    }

    /** Samples by the miner's number. Those of a block may lie outside the part of the hour that was requested. */
    public SortedMap<Integer, Samples> miners() {
        return miners;
    }

    /** The times of all polls that were taken in. */
    public NavigableSet<Long> polls() {
        return polls;
    }

    /** Whether a miner's samples are taken in. */
    public boolean wants(int number) {
        return wanted.test(number);
    }

    /** Takes in the time of a poll. */
    public void addPoll(long at) {
        polls.add(at);
    }

    /** Takes in the block of a miner, or that of the hour's polls. */
    public void add(int number, Block block) {
        if (number == POLLS) {
            for (long at : block.times()) {
                polls.add(at);
            }
        } else if (miners.get(number) instanceof MinerSeries before) {
            before.add(block);
        } else {
            miners.put(number, block);
        }
    }

    /** Takes in the samples of a poll. */
    public void add(long at, Frame tick) {
        if (onlyMiner > 0) {
            int row = tick.row(onlyMiner);
            if (row >= 0) {
                series(onlyMiner).add(at, tick, row);
            }
            return;
        }
        int keys = tick.find(ColumnIds.KEY);
        for (int row = 0; row < tick.rows(); row++) {
            int number = (int) tick.number(keys, row);
            if (wanted.test(number)) {
                series(number).add(at, tick, row);
            }
        }
    }

    private MinerSeries series(int number) {
        Samples there = miners.get(number);
        if (there instanceof MinerSeries series) {
            return series;
        }
        MinerSeries series = new MinerSeries();
        if (there instanceof Block block) {
            series.add(block);
        }
        miners.put(number, series);
        return series;
    }
}
