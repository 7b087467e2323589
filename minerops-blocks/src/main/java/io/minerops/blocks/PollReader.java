package io.minerops.blocks;

import io.minerops.api.miner.MinerIndex;
import io.minerops.api.miner.Reading;
import io.minerops.api.store.PollColumns;
import io.minerops.api.store.PollQuery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Gives a consumer what a {@link PollQuery} requests, poll by poll as columns, as hour after hour is put in; of a block
 * only the requested columns are decoded. Not thread-safe.
 */
public final class PollReader {
    private static final int NOT_REQUESTED = -1;

    private final Predicate<PollColumns> consumer;
    private final ReadingIds readings;
    private final PoolNumbers pools;
    private final PollColumns poll;
    private final Reading[] requested;
    private final boolean power;
    private final boolean pool;
    private final int[] rowByNumber;
    private final int onlyMiner;
    private boolean wanted = true;

    public PollReader(
            PollQuery query,
            MinerNumbers numbers,
            ReadingIds readings,
            PoolNumbers pools,
            Predicate<PollColumns> consumer) {
        this.consumer = consumer;
        this.readings = readings;
        this.pools = pools;
        List<Reading> queried = query.readings().stream().sorted().toList();
        requested = queried.toArray(Reading[]::new);
        power = queried.contains(Reading.POWER_W);
        pool = queried.contains(Reading.POOLS_ALIVE);
        poll = new PollColumns(query.roster(), queried);
        rowByNumber = rowsByNumber(query.roster(), numbers);
        onlyMiner = query.roster().size() == 1 && rowByNumber.length > 1 ? rowByNumber.length - 1 : 0;
    }

    /** The row of each address number in a roster. */
    private static int[] rowsByNumber(MinerIndex roster, MinerNumbers known) {
        int[] numbers = new int[roster.size()];
        for (int row = 0; row < numbers.length; row++) {
            numbers[row] = known.find(roster.miner(row).address());
        }
        int[] byNumber = new int[Arrays.stream(numbers).max().orElse(0) + 1];
        Arrays.fill(byNumber, NOT_REQUESTED);
        for (int row = 0; row < numbers.length; row++) {
            if (numbers[row] >= 0) {
                byNumber[numbers[row]] = row;
            }
        }
        return byNumber;
    }

    /** Whether a miner is in the query's roster. */
    public boolean requests(int number) {
        return number < rowByNumber.length && rowByNumber[number] != NOT_REQUESTED;
    }

    /** The number of the one requested miner; 0 for several, which are found among all. */
    public int onlyMiner() {
        return onlyMiner;
    }

    /** Gives the polls of one hour, or of a part of it, from a time on and before another; false if no more is wanted. */
    public boolean give(HourSamples hour, long from, long until) {
        List<OfMiner> miners = new ArrayList<>(hour.miners().size());
        hour.miners().forEach((number, samples) -> miners.add(new OfMiner(rowByNumber[number], samples, from)));
        for (long at : hour.polls().subSet(from, until)) {
            poll.begin(at);
            for (OfMiner miner : miners) {
                miner.addTo(poll, at);
            }
            wanted = consumer.test(poll);
            if (!wanted) {
                break;
            }
        }
        return wanted;
    }

    /** The requested columns of one miner. */
    private final class OfMiner {
        private final int row;
        private final long[] times;
        private final double[] @Nullable [] values = new double[requested.length][];
        private final long @Nullable [] estimated;
        private final long @Nullable [] named;
        private final long @Nullable [] state;
        private int sample;

        OfMiner(int row, Samples samples, long from) {
            this.row = row;
            times = samples.times();
            sample = SampleReader.firstFrom(times, from);
            for (int i = 0; i < requested.length; i++) {
                int id = readings.id(requested[i]);
                values[i] = id == 0 ? null : samples.valuesOf(id);
            }
            estimated = power ? samples.numbersOf(ColumnIds.POWER_ESTIMATED) : null;
            named = pool ? samples.numbersOf(ColumnIds.POOL) : null;
            state = samples.numbersOf(ColumnIds.STATE);
        }

        void addTo(PollColumns target, long at) {
            while (sample < times.length && times[sample] < at) {
                sample++;
            }
            if (sample == times.length || times[sample] != at) {
                return;
            }
            target.add(row);
            for (int i = 0; i < requested.length; i++) {
                double[] column = values[i];
                if (column != null) {
                    target.set(requested[i], column[sample]);
                }
            }
            target.powerEstimated(estimated != null && estimated[sample] == 1);
            if (named != null) {
                target.pool(pools.pool(named[sample]));
            }
            if (state != null) {
                target.state(ColumnIds.state(state[sample]));
            }
            sample++;
        }
    }
}
