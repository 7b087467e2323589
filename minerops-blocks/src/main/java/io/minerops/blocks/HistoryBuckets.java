package io.minerops.blocks;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Pool;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import io.minerops.api.store.HistoryQuery;
import io.minerops.api.store.HistorySource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Gives a consumer what a {@link HistoryQuery} requests, ascending by time, then by address, as hour after hour is put in:
 * the samples as they are, or their means over each step. One bucket is in the heap. Not thread-safe.
 */
public final class HistoryBuckets {
    private final MinerNumbers numbers;
    private final SampleReader reader;
    private final BiConsumer<Instant, MetricSample> consumer;
    private final TreeMap<Integer, Mean> samples = new TreeMap<>();
    private final boolean mean;
    private final long step;
    private final HistorySource source;
    private int left;
    private long bucket;

    public HistoryBuckets(
            HistoryQuery query, MinerNumbers numbers, SampleReader reader, BiConsumer<Instant, MetricSample> consumer) {
        Duration length = query.step();
        mean = length != null;
        step = length == null ? 1 : length.toMillis();
        left = query.limit();
        source = HistorySource.ofStep(length);
        this.numbers = numbers;
        this.reader = reader;
        this.consumer = consumer;
    }

    /** Whether the query's limit is not reached. */
    public boolean wantsMore() {
        return left > 0;
    }

    /** The coarsest that each bucket can be made of. */
    public HistorySource source() {
        return source;
    }

    /**
     * Puts in the roll-ups of one hour or day: means count as much as the samples that they are of.
     *
     * @param slices frames of roll-ups, all of the same hour or day
     * @param onlyMiner the number of the one wanted miner; 0 for all
     * @param start the beginning of the hour or day, ms
     */
    public void addRollups(List<Frame> slices, int onlyMiner, long start) {
        if (!begin(start)) {
            return;
        }
        int[] ranks = numbers.ranks();
        TreeMap<Integer, MetricSample> whole = new TreeMap<>();
        for (Frame slice : slices) {
            SampleReader.OfSlice rollups = reader.rollups(slice);
            int only = onlyMiner > 0 ? slice.row(onlyMiner) : 0;
            int end = onlyMiner > 0 ? only + 1 : slice.rows();
            for (int row = Math.max(0, only); row < end; row++) {
                int number = rollups.miner(row);
                MetricSample sample = rollups.mean(row, numbers.address(number), start);
                if (step == Millis.HOUR) {
                    // no other roll-up is in the bucket
                    whole.put(ranks[number], sample);
                } else {
                    add(ranks[number], sample, rollups.counts(row));
                }
            }
        }
        for (MetricSample sample : whole.values()) {
            if (left > 0) {
                left--;
                consumer.accept(Instant.ofEpochMilli(start), sample);
            }
        }
    }

    /** Puts in the samples of one hour, or of a part of it, from a time on and before another. */
    public void add(HourSamples hour, long from, long until) {
        List<SampleReader.OfMiner> miners = new ArrayList<>(hour.miners().size());
        int[] ranks = numbers.ranks();
        hour.miners()
                .forEach((number, samplesOfMiner) ->
                        miners.add(reader.of(ranks[number], numbers.address(number), samplesOfMiner, from, until)));
        miners.sort(Comparator.comparingInt(SampleReader.OfMiner::rank));
        long at = next(miners);
        while (at < Long.MAX_VALUE && begin(at)) {
            for (SampleReader.OfMiner miner : miners) {
                take(at, miner);
            }
            at = next(miners);
        }
    }

    /** Samples as they are are given at once, since those of one poll come by their rank; others go into the bucket. */
    private void take(long at, SampleReader.OfMiner miner) {
        if (mean) {
            if (miner.time() < bucket + step) {
                samples.computeIfAbsent(miner.rank(), rank -> new Mean(miner.address()))
                        .add(miner, bucket + step);
            }
        } else if (miner.time() == at && left > 0) {
            left--;
            consumer.accept(Instant.ofEpochMilli(at), miner.take());
        }
    }

    private static long next(List<SampleReader.OfMiner> miners) {
        long next = Long.MAX_VALUE;
        for (SampleReader.OfMiner miner : miners) {
            next = Math.min(next, miner.time());
        }
        return next;
    }

    /** Begins the bucket of a time, where that is another one; false if no more is wanted. */
    private boolean begin(long at) {
        long wanted = Math.floorDiv(at, step) * step;
        if (wanted != bucket) {
            give();
            bucket = wanted;
        }
        return wantsMore();
    }

    /** Adds a sample whose readings are means of so many values each, by the reading's column. */
    private void add(int rank, MetricSample sample, long[] counts) {
        samples.computeIfAbsent(rank, one -> new Mean(sample.miner())).add(sample, counts);
    }

    /** Gives the last bucket, at the end. */
    public void give() {
        Instant at = Instant.ofEpochMilli(bucket);
        for (Mean samplesOfMiner : samples.values()) {
            if (left == 0) {
                break;
            }
            left--;
            consumer.accept(at, samplesOfMiner.mean(at));
        }
        samples.clear();
    }

    /** Sums of one miner's samples within a bucket. */
    private static final class Mean {
        private final MinerAddress miner;
        private final double[] sums = new double[Reading.count()];
        private final long[] counts = new long[Reading.count()];
        private boolean powerEstimated;
        private @Nullable Pool pool;
        private WorkState state = WorkState.UNKNOWN;

        Mean(MinerAddress miner) {
            this.miner = miner;
        }

        /** Adds a miner's samples before a time. */
        void add(SampleReader.OfMiner samples, long before) {
            int begin = samples.position();
            int end = samples.moveTo(before);
            powerEstimated |= samples.anyEstimated(begin, end);
            Pool named = samples.lastPool(begin, end);
            pool = named == null ? pool : named;
            WorkState reported = samples.lastState(begin, end);
            state = reported == WorkState.UNKNOWN ? state : reported;
            for (int column = 0; column < sums.length; column++) {
                double[] values = samples.column(column);
                for (int row = begin; values != null && row < end; row++) {
                    if (!Double.isNaN(values[row])) {
                        sums[column] += values[row];
                        counts[column]++;
                    }
                }
            }
        }

        void add(MetricSample sample, long[] values) {
            powerEstimated |= sample.powerEstimated();
            pool = sample.pool() == null ? pool : sample.pool();
            state = sample.state() == WorkState.UNKNOWN ? state : sample.state();
            for (Reading reading : Reading.all()) {
                double value = sample.value(reading);
                if (!Double.isNaN(value)) {
                    sums[reading.column()] += value * values[reading.column()];
                    counts[reading.column()] += values[reading.column()];
                }
            }
        }

        MetricSample mean(Instant at) {
            MetricSample.Builder mean = MetricSample.builder(miner, at)
                    .powerEstimated(powerEstimated)
                    .pool(pool)
                    .state(state);
            for (Reading reading : Reading.all()) {
                int column = reading.column();
                if (counts[column] > 0) {
                    mean.set(reading, sums[column] / counts[column]);
                }
            }
            return mean.build();
        }
    }
}
