package io.minerops.api.store;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Pool;
import io.minerops.api.miner.ProvenWork;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.ShareCounters;
import io.minerops.api.miner.WorkState;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes roll-ups of a history that is given sample by sample. */
final class RollupsOfHistory {
    private static final double SECONDS_PER_HOUR = 3_600;
    private static final double MS_PER_S = 1_000;

    private final RollupQuery query;
    private final Predicate<MetricRollup> consumer;
    private final long span;
    private final TreeMap<MinerAddress, OfMiner> miners = new TreeMap<>();
    private long start;
    private boolean wanted = true;

    RollupsOfHistory(RollupQuery query, Predicate<MetricRollup> consumer) {
        this.query = query;
        this.consumer = consumer;
        span = Objects.requireNonNull(query.span().span(), "a query is of hours or of days")
                .toMillis();
    }

    void read(MetricStore store) {
        Instant since = ceiling(query.since());
        Instant until = ceiling(query.until());
        if (since.isBefore(until)) {
            store.history(new HistoryQuery(query.miner(), since, until, null, Integer.MAX_VALUE), this::take);
            give();
        }
    }

    private Instant ceiling(Instant time) {
        Instant floor = Instant.ofEpochMilli(Math.floorDiv(time.toEpochMilli(), span) * span);
        return floor.isBefore(time) ? floor.plus(Duration.ofMillis(span)) : floor;
    }

    private void take(Instant at, MetricSample sample) {
        long begin = Math.floorDiv(at.toEpochMilli(), span) * span;
        if (begin != start) {
            give();
            start = begin;
        }
        miners.computeIfAbsent(sample.miner(), miner -> new OfMiner()).add(at.toEpochMilli(), sample);
    }

    private void give() {
        miners.forEach(
                (miner, rollup) -> wanted = wanted && consumer.test(rollup.finish(miner, Instant.ofEpochMilli(start))));
        miners.clear();
    }

    private static final class OfMiner {
        private final Map<Reading, Sum> sums = new EnumMap<>(Reading.class);
        private final Map<WorkState, Long> states = new EnumMap<>(WorkState.class);
        private boolean powerEstimated;
        private @Nullable Pool pool;
        private @Nullable ShareCounters counters;
        private ProvenWork proven = ProvenWork.NONE;

        void add(long at, MetricSample sample) {
            powerEstimated |= sample.powerEstimated();
            pool = sample.pool() == null ? pool : sample.pool();
            if (sample.state() != WorkState.UNKNOWN) {
                states.merge(sample.state(), 1L, Long::sum);
            }
            ShareCounters now = ShareCounters.of(Instant.ofEpochMilli(at), sample::value);
            if (now != null) {
                proven = counters == null ? proven : proven.plus(now.since(counters));
                counters = now;
            }
            for (Reading reading : Reading.all()) {
                double value = sample.value(reading);
                if (!Double.isNaN(value)) {
                    sums.computeIfAbsent(reading, one -> new Sum()).add(at, value);
                }
            }
        }

        MetricRollup finish(MinerAddress miner, Instant start) {
            Map<Reading, MetricRollup.Of> readings = new EnumMap<>(Reading.class);
            sums.forEach((reading, sum) -> readings.put(
                    reading, new MetricRollup.Of(sum.count, sum.min, sum.sum / sum.count, sum.max, sum.last)));
            return new MetricRollup(
                    miner,
                    start,
                    readings,
                    integral(Reading.POWER_W) / SECONDS_PER_HOUR,
                    integral(Reading.HASHRATE_THS),
                    powerEstimated,
                    pool,
                    states,
                    proven);
        }

        private double integral(Reading reading) {
            Sum sum = sums.get(reading);
            return sum == null ? Double.NaN : sum.integral;
        }
    }

    private static final class Sum {
        private long count;
        private double sum;
        private double min = Double.POSITIVE_INFINITY;
        private double max = Double.NEGATIVE_INFINITY;
        private double last;
        private long lastAt;
        private double integral;

        void add(long at, double value) {
            if (count > 0 && at - lastAt <= MetricRollup.MAX_GAP.toMillis()) {
                integral += (last + value) / 2 * ((at - lastAt) / MS_PER_S);
            }
            count++;
            sum += value;
            min = Math.min(min, value);
            max = Math.max(max, value);
            last = value;
            lastAt = at;
        }
    }
}
