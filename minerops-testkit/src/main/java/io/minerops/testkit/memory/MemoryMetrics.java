package io.minerops.testkit.memory;

import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import io.minerops.api.store.HistoryQuery;
import io.minerops.api.store.MetricStore;
import io.minerops.api.store.PollColumns;
import io.minerops.api.store.PollQuery;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

final class MemoryMetrics implements MetricStore {
    private final InMemoryStore.Guard guard;
    private final MemoryMiners miners;
    private final NavigableMap<Instant, TreeMap<MinerAddress, MetricSample>> polls = new TreeMap<>();
    private final Map<MinerAddress, Latest> latest = new HashMap<>();

    private record Latest(Instant at, MetricSample sample) {}

    private record Bucket(Instant at, MinerAddress miner) {}

    MemoryMetrics(InMemoryStore.Guard guard, MemoryMiners miners) {
        this.guard = guard;
        this.miners = miners;
    }

    @Override
    public void append(Poll poll) {
        guard.read(() -> {
            Instant at = poll.at().truncatedTo(ChronoUnit.MILLIS);
            miners.register(poll.samples().stream().map(MetricSample::miner).toList(), at);
            poll.identities().forEach(miners::identify);
            TreeMap<MinerAddress, MetricSample> samples = polls.computeIfAbsent(at, time -> new TreeMap<>());
            for (MetricSample sample : poll.samples()) {
                samples.put(sample.miner(), sample);
                latest.put(sample.miner(), new Latest(at, sample));
            }
            return samples.size();
        });
    }

    @Override
    public FleetSnapshot latest() {
        return guard.read(() -> {
            List<Miner> rows = miners.all();
            FleetSnapshot.Builder snapshot = FleetSnapshot.builder(Instant.now(), rows.size());
            for (Miner miner : rows) {
                snapshot.row(miner);
                Latest newest = latest.get(miner.address());
                if (newest != null) {
                    snapshot.sample(newest.at(), newest.sample());
                }
            }
            return snapshot.build();
        });
    }

    @Override
    public void history(HistoryQuery query, BiConsumer<Instant, MetricSample> consumer) {
        List<Map.Entry<Bucket, MetricSample>> found = guard.read(() -> select(query));
        found.stream()
                .limit(query.limit())
                .forEach(entry -> consumer.accept(entry.getKey().at(), entry.getValue()));
    }

    @Override
    public void polls(PollQuery query, Predicate<PollColumns> consumer) {
        PollColumns poll = new PollColumns(query.roster(), query.readings());
        List<Map.Entry<Instant, List<MetricSample>>> found = guard.read(() -> select(query));
        for (Map.Entry<Instant, List<MetricSample>> one : found) {
            poll.begin(one.getKey().toEpochMilli());
            for (MetricSample sample : one.getValue()) {
                int row = query.roster().row(sample.miner());
                if (row >= 0) {
                    poll.add(row, sample);
                }
            }
            if (!consumer.test(poll)) {
                return;
            }
        }
    }

    private List<Map.Entry<Instant, List<MetricSample>>> select(PollQuery query) {
        List<Map.Entry<Instant, List<MetricSample>>> found = new ArrayList<>();
        polls.subMap(query.since(), true, query.until(), false)
                .forEach((at, samples) -> found.add(Map.entry(at, List.copyOf(samples.values()))));
        return found;
    }

    private List<Map.Entry<Bucket, MetricSample>> select(HistoryQuery query) {
        Map<Instant, TreeMap<MinerAddress, List<MetricSample>>> buckets = new TreeMap<>();
        polls.subMap(query.since(), true, query.until(), false).forEach((at, samples) -> {
            Instant bucket = query.step() == null
                    ? at
                    : Instant.ofEpochMilli(
                            Math.floorDiv(at.toEpochMilli(), query.step().toMillis())
                                    * query.step().toMillis());
            samples.forEach((miner, sample) -> {
                if (query.miner() == null || query.miner().equals(miner)) {
                    buckets.computeIfAbsent(bucket, time -> new TreeMap<>())
                            .computeIfAbsent(miner, one -> new ArrayList<>())
                            .add(sample);
                }
            });
        });
        List<Map.Entry<Bucket, MetricSample>> found = new ArrayList<>();
        buckets.forEach((at, byMiner) -> byMiner.forEach((miner, samples) -> found.add(
                Map.entry(new Bucket(at, miner), query.step() == null ? samples.get(0) : mean(at, miner, samples)))));
        return found;
    }

    private static MetricSample mean(Instant at, MinerAddress miner, List<MetricSample> samples) {
        MetricSample.Builder mean =
                MetricSample.builder(miner, at).powerEstimated(samples.stream().anyMatch(MetricSample::powerEstimated));
        samples.stream()
                .map(MetricSample::state)
                .filter(state -> state != WorkState.UNKNOWN)
                .forEach(mean::state);
        samples.stream().map(MetricSample::pool).filter(Objects::nonNull).forEach(mean::pool);
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
    public int prune(Instant before) {
        return guard.read(() -> {
            NavigableMap<Instant, ?> old = polls.headMap(before, false);
            int count = old.size();
            old.clear();
            return count;
        });
    }

    void forget(MinerAddress address) {
        latest.remove(address);
    }

    void exchange(Exchange exchange) {
        exchange.in(
                latest,
                (newest, address) -> new Latest(newest.at(), newest.sample().at(address)));
        polls.values().forEach(samples -> exchange.in(samples, MetricSample::at));
    }
}
