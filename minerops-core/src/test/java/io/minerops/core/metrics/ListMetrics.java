package io.minerops.core.metrics;

import io.minerops.api.StoreException;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import io.minerops.api.store.HistoryQuery;
import io.minerops.api.store.MinerStore;
import io.minerops.api.store.StandaloneMetricStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** A metric store of one's own: a list of samples. One lock over everything. */
final class ListMetrics implements StandaloneMetricStore {
    private record Row(Instant at, MetricSample sample) {
        MinerAddress miner() {
            return sample.miner();
        }

        Row at(MinerAddress address) {
            return new Row(at, sample.at(address));
        }
    }

    private final List<Row> rows = new ArrayList<>();
    private final Map<MinerAddress, Row> latest = new HashMap<>();
    private long lastMove;
    private boolean closed;
    private boolean down;

    /** From now on moving fails, or works again. */
    synchronized void down(boolean value) {
        down = value;
    }

    synchronized boolean closed() {
        return closed;
    }

    @Override
    public synchronized void append(Poll poll) {
        for (MetricSample sample : poll.samples()) {
            Row row = new Row(poll.at(), sample);
            rows.removeIf(other -> other.at().equals(row.at()) && other.miner().equals(row.miner()));
            rows.add(row);
            latest.put(row.miner(), row);
        }
    }

    @Override
    public synchronized FleetSnapshot latest() {
        FleetSnapshot.Builder snapshot = FleetSnapshot.builder(Instant.EPOCH, latest.size());
        for (Row row : latest.values()) {
            snapshot.row(Miner.builder(row.miner(), row.at()).build()).sample(row.at(), row.sample());
        }
        return snapshot.build();
    }

    @Override
    public void history(HistoryQuery query, BiConsumer<Instant, MetricSample> consumer) {
        Map<Instant, Map<MinerAddress, List<MetricSample>>> buckets = new TreeMap<>();
        for (Row row : between(query)) {
            Instant bucket = query.step() == null
                    ? row.at()
                    : row.at()
                            .minusMillis(Math.floorMod(
                                    row.at().toEpochMilli(), query.step().toMillis()));
            buckets.computeIfAbsent(bucket, at -> new TreeMap<>())
                    .computeIfAbsent(row.miner(), miner -> new ArrayList<>())
                    .add(row.sample());
        }
        buckets.entrySet().stream()
                .flatMap(bucket -> bucket.getValue().values().stream()
                        .map(samples -> new Row(bucket.getKey(), mean(bucket.getKey(), samples))))
                .limit(query.limit())
                .forEach(row -> consumer.accept(row.at(), row.sample()));
    }

    private synchronized List<Row> between(HistoryQuery query) {
        return rows.stream()
                .filter(row -> !row.at().isBefore(query.since()) && row.at().isBefore(query.until()))
                .filter(row -> query.miner() == null || row.miner().equals(query.miner()))
                .sorted(Comparator.comparing(Row::at))
                .toList();
    }

    private static MetricSample mean(Instant at, List<MetricSample> samples) {
        if (samples.size() == 1) {
            return samples.get(0);
        }
        MetricSample.Builder mean = MetricSample.builder(samples.get(0).miner(), at)
                .powerEstimated(samples.stream().anyMatch(MetricSample::powerEstimated));
        for (MetricSample sample : samples) {
            if (sample.state() != WorkState.UNKNOWN) {
                mean.state(sample.state());
            }
            if (sample.pool() != null) {
                mean.pool(sample.pool());
            }
        }
        for (Reading reading : Reading.all()) {
            samples.stream()
                    .mapToDouble(sample -> sample.value(reading))
                    .filter(value -> !Double.isNaN(value))
                    .average()
                    .ifPresent(value -> mean.set(reading, value));
        }
        return mean.build();
    }

    @Override
    public synchronized int prune(Instant before) {
        Collection<Instant> polls =
                rows.stream().map(Row::at).filter(at -> at.isBefore(before)).collect(Collectors.toSet());
        rows.removeIf(row -> row.at().isBefore(before));
        return polls.size();
    }

    @Override
    public synchronized void move(MinerStore.Move move) {
        if (down) {
            throw new StoreException("the list of samples is down");
        }
        if (move.number() > lastMove) {
            rows.replaceAll(row -> row.at(moved(move, row.miner())));
            List<Row> both = new ArrayList<>();
            for (MinerAddress address : List.of(move.from(), move.to())) {
                Row row = latest.remove(address);
                if (row != null) {
                    both.add(row.at(moved(move, address)));
                }
            }
            both.forEach(row -> latest.put(row.miner(), row));
            lastMove = move.number();
        }
    }

    private static MinerAddress moved(MinerStore.Move move, MinerAddress address) {
        if (address.equals(move.from())) {
            return move.to();
        }
        return address.equals(move.to()) ? move.from() : address;
    }

    @Override
    public synchronized long lastMove() {
        return lastMove;
    }

    @Override
    public synchronized void forget(MinerAddress miner) {
        latest.remove(miner);
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
