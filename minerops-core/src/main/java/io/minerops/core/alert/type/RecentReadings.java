package io.minerops.core.alert.type;

import io.minerops.api.miner.MinerIndex;
import io.minerops.api.miner.Reading;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the miners of one roster said lately, poll by poll, oldest first: columns as in a snapshot, one for each poll and
 * each reading that some rule looks back on. Polls are added at the end and forgotten at the beginning. Not thread-safe.
 */
public final class RecentReadings {
    private static final int FIRST_ROOM = 16;

    private final MinerIndex roster;
    private final Map<Reading, double[][]> columns = new EnumMap<>(Reading.class);
    private long[] times = new long[FIRST_ROOM];
    private int start;
    private int end;

    /**
     * No polls yet.
     *
     * @param roster whose rows the columns have
     * @param kept the readings that are kept
     */
    public RecentReadings(MinerIndex roster, Collection<Reading> kept) {
        this.roster = roster;
        kept.forEach(reading -> columns.put(reading, new double[FIRST_ROOM][]));
    }

    /** Whose rows the columns have. */
    public MinerIndex roster() {
        return roster;
    }

    /** How many polls there are. */
    public int polls() {
        return end - start;
    }

    /** When a poll was made, ms since the epoch; polls are numbered from 0, the oldest. */
    public long epochMillis(int poll) {
        return times[start + poll];
    }

    /** What a miner said in a poll; NaN where it said nothing or the reading is not kept. */
    public double value(Reading reading, int poll, int row) {
        double[][] kept = columns.get(reading);
        return kept == null ? Double.NaN : kept[start + poll][row];
    }

    /** The first poll at that time or later; {@link #polls()} where there is none. */
    public int firstSince(long epochMillis) {
        int found = Arrays.binarySearch(times, start, end, epochMillis);
        return (found >= 0 ? found : -found - 1) - start;
    }

    /**
     * Begins the column of a poll, with nothing said in it.
     *
     * @throws IllegalArgumentException if it is not after the newest
     */
    public void addPoll(long epochMillis) {
        if (polls() > 0 && epochMillis <= times[end - 1]) {
            throw new IllegalArgumentException(
                    "a poll at " + epochMillis + " does not come after the one at " + times[end - 1]);
        }
        if (end == times.length) {
            makeRoom();
        }
        times[end] = epochMillis;
        for (double[][] kept : columns.values()) {
            kept[end] = new double[roster.size()];
            Arrays.fill(kept[end], Double.NaN);
        }
        end++;
    }

    /** Writes down what a miner said in the newest poll; readings that are not kept are left out. */
    public void set(Reading reading, int row, double value) {
        double[][] kept = columns.get(reading);
        if (kept != null) {
            kept[end - 1][row] = value;
        }
    }

    /** Forgets the polls before a time. */
    public void forgetBefore(long epochMillis) {
        int keptFrom = start + firstSince(epochMillis);
        for (double[][] kept : columns.values()) {
            Arrays.fill(kept, start, keptFrom, null);
        }
        start = keptFrom;
    }

    private void makeRoom() {
        int size = polls();
        int room = Math.max(FIRST_ROOM, 2 * size);
        long[] moved = new long[room];
        System.arraycopy(times, start, moved, 0, size);
        times = moved;
        columns.replaceAll((reading, kept) -> {
            double[][] more = new double[room][];
            System.arraycopy(kept, start, more, 0, size);
            return more;
        });
        start = 0;
        end = size;
    }
}
