package io.minerops.sqlite.internal.rows;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Pool;
import io.minerops.api.miner.Reading;
import io.minerops.api.store.HistoryQuery;
import io.minerops.sqlite.internal.db.Binder;
import io.minerops.sqlite.internal.db.Database;
import io.minerops.sqlite.internal.db.Row;
import io.minerops.sqlite.internal.db.Times;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Streams samples, ascending by time, then by address; one poll or one bucket at a time is in the heap. */
final class SampleHistory {
    /** One miner: a look-up by key at each poll time. CROSS JOIN keeps the polls outside, whatever the statistics say. */
    static final String OF_MINER = "SELECT s.id, " + SampleRows.COLUMNS
            + " FROM polls p CROSS JOIN samples s ON s.id = (p.at << " + Times.MINER_BITS
            + " | ?) WHERE p.at >= ? AND p.at < ? ORDER BY p.at";

    /** Every miner: a range of keys. */
    static final String OF_FLEET =
            "SELECT id, " + SampleRows.COLUMNS + " FROM samples WHERE id >= ? AND id < ? ORDER BY id";

    private final Database database;
    private final AddressBook addresses;
    private final SampleRows rows;

    SampleHistory(Database database, AddressBook addresses, SampleRows rows) {
        this.database = database;
        this.addresses = addresses;
        this.rows = rows;
    }

    void read(HistoryQuery query, BiConsumer<Instant, MetricSample> consumer) {
        database.read("read history", connection -> {
            long since = Times.keyCeiling(query.since());
            long until = Times.keyCeiling(query.until());
            MinerAddress miner = query.miner();
            int number = miner == null ? 0 : addresses.find(miner);
            if (number < 0) {
                return 0;
            }
            try (PreparedStatement statement = connection.prepareStatement(number == 0 ? OF_FLEET : OF_MINER)) {
                Binder values = new Binder(statement);
                if (number == 0) {
                    values.number(Times.key(since, 0)).number(Times.key(until, 0));
                } else {
                    values.number(number).number(since).number(until);
                }
                return stream(values, query, consumer);
            }
        });
    }

    private int stream(Binder values, HistoryQuery query, BiConsumer<Instant, MetricSample> consumer)
            throws SQLException {
        Duration step = query.step();
        long stepMillis = step == null ? 1 : step.toMillis();
        Bucket bucket = new Bucket(step != null, query.limit(), consumer);
        try (ResultSet results = values.query()) {
            Row row = new Row(results);
            while (bucket.wantsMore() && row.next()) {
                long key = row.number();
                long at = Times.keyTime(key);
                long start = Math.floorDiv(at, stepMillis) * stepMillis;
                if (start != bucket.start) {
                    bucket.give();
                    bucket.start = start;
                }
                int number = Times.miner(key);
                bucket.add(rank(number), rows.read(row, addresses.address(number), at));
            }
        }
        bucket.give();
        return 0;
    }

    private int rank(int number) {
        return addresses.ranks()[number];
    }

    /** The samples of one poll or of one step, by their miners' rank. */
    private static final class Bucket {
        private final boolean mean;
        private final BiConsumer<Instant, MetricSample> consumer;
        private final TreeMap<Integer, Mean> samples = new TreeMap<>();
        private int left;
        private long start;

        Bucket(boolean mean, int limit, BiConsumer<Instant, MetricSample> consumer) {
            this.mean = mean;
            this.left = limit;
            this.consumer = consumer;
        }

        boolean wantsMore() {
            return left > 0;
        }

        void add(int rank, MetricSample sample) {
            samples.computeIfAbsent(rank, one -> new Mean(sample)).add(sample);
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
        private final int[] counts = new int[Reading.count()];
        private boolean powerEstimated;
        private @Nullable Pool pool;

        Mean(MetricSample first) {
            this.first = first;
        }

        void add(MetricSample sample) {
            powerEstimated |= sample.powerEstimated();
            pool = sample.pool() == null ? pool : sample.pool();
            for (Reading reading : Reading.all()) {
                double value = sample.value(reading);
                if (!Double.isNaN(value)) {
                    sums[reading.column()] += value;
                    counts[reading.column()]++;
                }
            }
        }

        MetricSample mean(Instant at) {
            MetricSample.Builder mean = MetricSample.builder(first.miner(), at)
                    .powerEstimated(powerEstimated)
                    .pool(pool);
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
