package io.minerops.benchmarks;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.AlertState;
import io.minerops.api.alert.ConditionKey;
import io.minerops.api.alert.ConditionState;
import io.minerops.api.alert.ConditionState.OpenAlert;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Thresholds;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.core.alert.AlertEvaluator;
import io.minerops.core.alert.Evaluation;
import io.minerops.core.alert.RuleSet;
import io.minerops.core.alert.type.EvaluationContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Whole evaluations of a fleet: where nothing changes, where every rule watches one miner, and where all changes. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RuleEvaluationBenchmark {
    private static final Instant NOW = Fleets.START.plusSeconds(30);
    private static final AlertState AT_REST = new AlertState(1, Fleets.START, Map.of(), Map.of(), List.of());

    /** Ten rules over so many healthy miners. */
    @State(Scope.Benchmark)
    public static class TenRules {
        @Param({"10000", "100000", "1000000"})
        public int miners;

        final RuleSet rules = RuleSet.compile(Fleets.tenRules());
        final AlertEvaluator evaluator = new AlertEvaluator();
        FleetSnapshot snapshot;

        @Setup
        public void setUp() {
            snapshot = Fleets.snapshot(miners, Fleets.START);
        }
    }

    /** 10,000 rules, each for one of 10,000 healthy miners. */
    @State(Scope.Benchmark)
    public static class OneRuleForEachMiner {
        private static final int MINERS = 10_000;

        final RuleSet rules = RuleSet.compile(rules());
        final AlertEvaluator evaluator = new AlertEvaluator();
        final FleetSnapshot snapshot = Fleets.snapshot(MINERS, Fleets.START);

        private static List<AlertRule> rules() {
            List<AlertRule> types = Fleets.tenRules();
            List<AlertRule> rules = new ArrayList<>(MINERS);
            for (int miner = 0; miner < MINERS; miner++) {
                rules.add(types.get(miner % types.size()).toBuilder()
                        .id(miner + 1)
                        .miner(Fleets.address(miner))
                        .build());
            }
            return rules;
        }
    }

    /** One rule that all of 100,000 miners break at once, and what is remembered of it when they all recover. */
    @State(Scope.Benchmark)
    public static class Storm {
        static final int MINERS = 100_000;

        final RuleSet rules = RuleSet.compile(List.of(temperature(20)));
        final RuleSet healedRules = RuleSet.compile(List.of(temperature(80)));
        final AlertEvaluator evaluator = new AlertEvaluator();
        final FleetSnapshot snapshot = Fleets.snapshot(MINERS, Fleets.START);
        private final AlertState[] open = {openOnAll(), openOnAll()};
        private int next;

        /** The state that the storm left, as a store loads it: a map of its own for each check. */
        AlertState open() {
            return open[next++ % open.length];
        }

        private AlertState openOnAll() {
            Map<ConditionKey, ConditionState> conditions = new HashMap<>();
            for (int row = 0; row < MINERS; row++) {
                conditions.put(
                        new ConditionKey(1, snapshot.miner(row).address()),
                        ConditionState.raised(Fleets.START).withOpen(new OpenAlert(row, false, false)));
            }
            return new AlertState(1, Fleets.START, conditions, Map.of(), List.of());
        }

        private static AlertRule temperature(double limitC) {
            return AlertRule.builder("temperature", RuleType.TEMP)
                    .id(1)
                    .thresholds(Thresholds.of("temp_c", limitC))
                    .build();
        }
    }

    /** Ten rules of five types that all of 10,000 miners break at once. */
    @State(Scope.Benchmark)
    public static class StormOnTenRules {
        static final int MINERS = 10_000;
        static final int ALERTS = 10 * MINERS;

        final RuleSet rules = RuleSet.compile(Fleets.tenBrokenRules());
        final AlertEvaluator evaluator = new AlertEvaluator();
        final FleetSnapshot snapshot = Fleets.snapshot(MINERS, Fleets.START);
    }

    @Benchmark
    public Optional<Evaluation> nothingChanges(TenRules fleet) {
        return fleet.evaluator.evaluate(fleet.rules, fleet.snapshot, AT_REST, NOW, EvaluationContext.NONE);
    }

    @Benchmark
    public Optional<Evaluation> oneRuleForEachMiner(OneRuleForEachMiner fleet) {
        return fleet.evaluator.evaluate(fleet.rules, fleet.snapshot, AT_REST, NOW, EvaluationContext.NONE);
    }

    @Benchmark
    @OperationsPerInvocation(Storm.MINERS)
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public Optional<Evaluation> stormOf100000(Storm fleet) {
        return fleet.evaluator.evaluate(fleet.rules, fleet.snapshot, AT_REST, NOW, EvaluationContext.NONE);
    }

    @Benchmark
    @OperationsPerInvocation(Storm.MINERS)
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public Optional<Evaluation> stormOf100000Clears(Storm fleet) {
        return fleet.evaluator.evaluate(fleet.healedRules, fleet.snapshot, fleet.open(), NOW, EvaluationContext.NONE);
    }

    @Benchmark
    @OperationsPerInvocation(StormOnTenRules.ALERTS)
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public Optional<Evaluation> stormOf10000OnTenRules(StormOnTenRules fleet) {
        return fleet.evaluator.evaluate(fleet.rules, fleet.snapshot, AT_REST, NOW, EvaluationContext.NONE);
    }
}
