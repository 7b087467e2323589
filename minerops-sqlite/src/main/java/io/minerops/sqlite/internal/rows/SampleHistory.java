package io.minerops.sqlite.internal.rows;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Pool;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import io.minerops.api.store.HistoryQuery;
import io.minerops.blocks.Frame;
import io.minerops.sqlite.internal.db.Database;
import io.minerops.sqlite.internal.db.Times;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Streams samples, ascending by time, then by address; one hour or one bucket at a time is in the heap. Means over whole
 * hours come of roll-ups where these hold all that is stored of an hour, and of the samples elsewhere.
 */
final class SampleHistory {
    private static final long[] ONE_OF_EACH = new long[Reading.count()];

    static {
        Arrays.fill(ONE_OF_EACH, 1);
    }

    private final Database database;
    private final AddressBook addresses;
    private final SampleRows rows;
    private final TickCodec ticks;
    private final SampleReader reader;

    SampleHistory(Database database, AddressBook addresses, SampleRows rows, TickCodec ticks, SampleReader reader) {
        this.database = database;
        this.addresses = addresses;
        this.rows = rows;
        this.ticks = ticks;
        this.reader = reader;
    }

    void read(HistoryQuery query, BiConsumer<Instant, MetricSample> consumer) {
        MinerAddress miner = query.miner();
        int number = miner == null ? 0 : addresses.find(miner);
        if (number >= 0) {
            database.read("read history", connection -> {
                Hours hours = new Hours(connection, addresses, rows, ticks);
                stream(hours, number, query, consumer);
                return 0;
            });
        }
    }

    private void stream(Hours hours, int number, HistoryQuery query, BiConsumer<Instant, MetricSample> consumer)
            throws SQLException {
        Duration step = query.step();
        long stepMillis = step == null ? 1 : step.toMillis();
        Bucket bucket = new Bucket(step != null, stepMillis, query.limit(), consumer);
        long until = Times.keyCeiling(query.until());
        int parts = number > 0 ? 1 : Hours.parts(addresses.highest(), Reading.count());
        IntPredicate wanted = one -> number == 0 || one == number;
        long next = Times.keyCeiling(query.since());
        boolean byHours = step != null && stepMillis % Hours.MS == 0;
        while (bucket.wantsMore() && (next = byHours ? hours.nextOrRolledUp(next) : hours.next(next)) < until) {
            long end = Math.min(until, Hours.endOfPart(next, parts));
            long hour = Math.floorDiv(next, Hours.MS) * Hours.MS;
            if (byHours && hour == next && hour + Hours.MS <= until && hours.isRolledUp(hour)) {
                feedRollups(hours.rollups(hour, number), number, hour, bucket);
                end = hour + Hours.MS;
            } else {
                Hours.Part part = new Hours.Part(next, end, number, wanted, false);
                feed(hours.load(part), Math.max(next, hours.floor(next)), end, bucket);
            }
            next = end;
        }
        bucket.give();
    }

    /** Gives a bucket the roll-ups of one hour: means count as much as the samples that they are of. */
    private void feedRollups(List<Frame> slices, int onlyMiner, long hour, Bucket bucket) {
        if (!bucket.begin(hour)) {
            return;
        }
        int[] ranks = addresses.ranks();
        for (Frame slice : slices) {
            SampleReader.OfSlice rollups = reader.rollups(slice);
            int only = onlyMiner > 0 ? slice.row(onlyMiner) : 0;
            int end = onlyMiner > 0 ? only + 1 : slice.rows();
            for (int row = Math.max(0, only); row < end; row++) {
                int number = rollups.miner(row);
                bucket.add(ranks[number], rollups.mean(row, addresses.address(number), hour), rollups.counts(row));
            }
        }
    }

    /** Gives a bucket the samples of one hour by their time. */
    private void feed(Hours.Hour hour, long from, long until, Bucket bucket) {
        List<SampleReader.OfMiner> miners = new ArrayList<>(hour.miners().size());
        int[] ranks = addresses.ranks();
        hour.miners()
                .forEach((number, samples) ->
                        miners.add(reader.of(ranks[number], addresses.address(number), samples, from, until)));
        miners.sort(Comparator.comparingInt(SampleReader.OfMiner::rank));
        long at = next(miners);
        while (at < Long.MAX_VALUE && bucket.begin(at)) {
            for (SampleReader.OfMiner miner : miners) {
                if (miner.time() == at) {
                    bucket.add(miner.rank(), miner.take());
                }
            }
            at = next(miners);
        }
    }

    private static long next(List<SampleReader.OfMiner> miners) {
        long next = Long.MAX_VALUE;
        for (SampleReader.OfMiner miner : miners) {
            next = Math.min(next, miner.time());
        }
        return next;
    }

    /** The samples of one poll or of one step, by their miners' rank. */
    private static final class Bucket {
        private final boolean mean;
        private final long step;
        private final BiConsumer<Instant, MetricSample> consumer;
        private final TreeMap<Integer, Mean> samples = new TreeMap<>();
        private int left;
        private long start;

        Bucket(boolean mean, long step, int limit, BiConsumer<Instant, MetricSample> consumer) {
            this.mean = mean;
            this.step = step;
            this.left = limit;
            this.consumer = consumer;
        }

        boolean wantsMore() {
            return left > 0;
        }

        /** Begins the bucket of a time, where that is another one; false if no more is wanted. */
        boolean begin(long at) {
            long wanted = Math.floorDiv(at, step) * step;
            if (wanted != start) {
                give();
                start = wanted;
            }
            return wantsMore();
        }

        void add(int rank, MetricSample sample) {
            add(rank, sample, ONE_OF_EACH);
        }

        /** Adds a sample whose readings are means of so many values each, by the reading's column. */
        void add(int rank, MetricSample sample, long[] counts) {
            samples.computeIfAbsent(rank, one -> new Mean(sample)).add(sample, counts);
        }

        void give() {
            Instant at = Instant.ofEpochMilli(start);
            for (Mean samplesOfMiner : samples.values()) {
                if (left == 0) {
                    break;
                }
                left--;
                consumer.accept(at, mean ? samplesOfMiner.mean(at) : samplesOfMiner.first);
            }
            samples.clear();
        }
    }

    /** Sums of one miner's samples within a bucket. */
    private static final class Mean {
        private final MetricSample first;
        private final double[] sums = new double[Reading.count()];
        private final long[] counts = new long[Reading.count()];
        private boolean powerEstimated;
        private @Nullable Pool pool;
        private WorkState state = WorkState.UNKNOWN;

        Mean(MetricSample first) {
            this.first = first;
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
            MetricSample.Builder mean = MetricSample.builder(first.miner(), at)
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
