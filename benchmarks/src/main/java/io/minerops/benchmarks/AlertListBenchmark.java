package io.minerops.benchmarks;

import io.minerops.api.Page;
import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertCost;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.AlertStatus;
import io.minerops.api.alert.RuleType;
import io.minerops.api.store.AlertBatch;
import io.minerops.api.store.AlertQuery;
import io.minerops.api.store.AlertRow;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A page of open alerts from the embedded store, with and without what they cost, and in the order by it. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class AlertListBenchmark {
    private static final int PAGE = 200;
    private static final Set<AlertStatus> OPEN = Set.of(AlertStatus.ACTIVE, AlertStatus.ACKNOWLEDGED);

    /** Open alerts of so many miners. */
    @State(Scope.Benchmark)
    public static class Alerts extends SqliteBenchmark.Opened {
        private static final int MINERS = 5_000;

        @Param({"false", "true"})
        public boolean costs;

        @Setup(Level.Trial)
        public void fill() throws IOException {
            open();
            AlertRule rule = store.rules()
                    .create(AlertRule.builder("slow", RuleType.HASHRATE).build(), Fleets.START);
            List<AlertBatch.Entry> raised = new ArrayList<>();
            for (int miner = 0; miner < MINERS; miner++) {
                raised.add(new AlertBatch.Entry(new AlertRow(alert(rule, miner), List.of(), true), List.of()));
            }
            List<Long> ids = store.alerts()
                    .apply(new AlertBatch(
                            store.alerts().version(), Fleets.START, raised, List.of(), Map.of(), Map.of()))
                    .orElseThrow();
            Map<Long, AlertCost> known = new HashMap<>();
            for (long id : ids) {
                known.put(
                        id,
                        new AlertCost(
                                id * 7 % 1_000 / 100.0 + 0.123456789,
                                Fleets.START,
                                Duration.ofMinutes(id),
                                AlertCost.Basis.NOMINAL,
                                true));
            }
            if (costs) {
                store.alerts().putCosts(known, List.of());
            }
        }

        private static Alert alert(AlertRule rule, int miner) {
            return new Alert(
                    Alert.UNSAVED,
                    Fleets.START,
                    Fleets.START,
                    rule.id(),
                    rule.name(),
                    Fleets.address(miner),
                    rule.type(),
                    rule.severity(),
                    AlertStatus.ACTIVE,
                    false,
                    "Hashrate 81.2 TH/s is below 90 % of 110 TH/s",
                    Map.of("hashrate_ths", 81.2, "baseline_ths", 110.0),
                    null,
                    null,
                    null,
                    null,
                    null,
                    Alert.NotificationStatus.NONE);
        }
    }

    @Benchmark
    public Page<Alert> newestOf5000(Alerts alerts) {
        return alerts.store.alerts().find(AlertQuery.newest(OPEN, PAGE));
    }

    @Benchmark
    public Page<Alert> mostExpensiveOf5000(Alerts alerts) {
        return alerts.store
                .alerts()
                .find(new AlertQuery(OPEN, Set.of(), null, null, null, PAGE, null, AlertQuery.Order.COST));
    }
}
