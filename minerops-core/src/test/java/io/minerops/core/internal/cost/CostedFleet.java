package io.minerops.core.internal.cost;

import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertCost;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.AlertStatus;
import io.minerops.api.alert.RuleType;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.api.store.AlertBatch;
import io.minerops.api.store.AlertRow;
import io.minerops.api.store.Store;
import io.minerops.core.alert.type.Economics;
import io.minerops.testkit.memory.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Two miners that are polled each minute, their alerts, and what these cost at fixed prices. */
final class CostedFleet {
    static final MinerAddress MINER = MinerAddress.of("10.0.0.1");
    static final MinerAddress OTHER = MinerAddress.of("10.0.0.2");
    static final Instant START = Instant.parse("2026-10-20T10:00:00Z");
    static final Duration HOLD = Duration.ofSeconds(105);
    static final double USD_PER_TH_DAY = 0.06;
    static final double USD_PER_KWH = 0.05;

    final Store store = new InMemoryStore();
    final AlertRule rule = rule("slow");
    Function<Instant, Optional<Economics>> prices = hour -> Optional.of(new Economics(USD_PER_TH_DAY, USD_PER_KWH));
    CostLedger ledger = ledger();

    static Instant minute(double minutes) {
        return START.plusMillis(Math.round(minutes * 60_000));
    }

    AlertRule rule(String name) {
        return store.rules().create(AlertRule.builder(name, RuleType.HASHRATE).build(), START);
    }

    CostLedger ledger() {
        return new CostLedger(store, since -> hour -> prices.apply(hour), HOLD);
    }

    /** 100 TH/s at 20 J/TH. */
    void nominal() {
        store.miners()
                .put(Miner.builder(MINER, START)
                        .nominalThs(100.0)
                        .nominalEfficiencyJPerTh(20.0)
                        .build());
    }

    /** One poll: the other miner always answers, this one with these figures or, where they are null, not at all. */
    void poll(Instant at, @Nullable Double ths, @Nullable Double watts) {
        List<MetricSample> samples = new ArrayList<>();
        samples.add(
                MetricSample.builder(OTHER, at).set(Reading.HASHRATE_THS, 50).build());
        if (ths != null) {
            MetricSample.Builder sample = MetricSample.builder(MINER, at).set(Reading.HASHRATE_THS, ths);
            samples.add((watts == null ? sample : sample.set(Reading.POWER_W, watts)).build());
        }
        store.metrics().append(Poll.of(at, samples));
    }

    /** Polls of each minute of a time, both ends included. */
    void polls(int from, int to, @Nullable Double ths, @Nullable Double watts) {
        for (int minute = from; minute <= to; minute++) {
            poll(minute(minute), ths, watts);
        }
    }

    long raise(AlertRule of, @Nullable MinerAddress miner, Instant at) {
        Alert alert = new Alert(
                Alert.UNSAVED,
                at,
                at,
                of.id(),
                of.name(),
                miner,
                of.type(),
                of.severity(),
                AlertStatus.ACTIVE,
                false,
                "too slow",
                Map.of(),
                null,
                null,
                null,
                null,
                null,
                Alert.NotificationStatus.NONE);
        AlertBatch.Entry entry = new AlertBatch.Entry(new AlertRow(alert, List.of(), true), List.of());
        return apply(List.of(entry), List.of()).get(0);
    }

    void resolve(long id, Instant at) {
        AlertRow row = store.alerts().rows(List.of(id)).get(0);
        Alert closed = row.alert().closed(AlertStatus.AUTO_RESOLVED, at, null);
        List<Long> unused =
                apply(List.of(), List.of(new AlertBatch.Entry(new AlertRow(closed, List.of(), true), List.of())));
    }

    private List<Long> apply(List<AlertBatch.Entry> created, List<AlertBatch.Entry> changed) {
        return store.alerts()
                .apply(new AlertBatch(store.alerts().version(), null, created, changed, Map.of(), Map.of()))
                .orElseThrow();
    }

    @Nullable
    AlertCost cost(long id) {
        return store.alerts().find(id).orElseThrow().cost();
    }

    double usd(long id) {
        AlertCost cost = cost(id);
        return cost == null ? Double.NaN : cost.usd();
    }

    double billed(long id) {
        return store.alerts().costs(List.of(id)).stream()
                .mapToDouble(AlertCost.OfDay::billedUsd)
                .sum();
    }

    /** What so many TH/s less and so many kW less for so many hours cost. */
    static double lost(double ths, double kilowatts, double hours) {
        return ths * hours / 24 * USD_PER_TH_DAY - kilowatts * hours * USD_PER_KWH;
    }
}
