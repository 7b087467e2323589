package io.minerops.benchmarks;

import io.minerops.api.alert.AlertState;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.core.alert.AlertEngine;
import io.minerops.core.alert.Evaluation;
import io.minerops.core.alert.RuleSet;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Ten rules over 10,000 miners where nothing changes: the cost of one rule on one miner. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RuleEvaluationBenchmark {
    private static final int MINERS = 10_000;
    private static final int RULES = 10;

    private final RuleSet rules = RuleSet.compile(Fleets.tenRules());
    private final AlertState state = new AlertState(1, Fleets.START, Map.of(), Map.of());
    private FleetSnapshot snapshot;

    @Setup
    public void setUp() {
        snapshot = Fleets.snapshot(MINERS, Fleets.START);
    }

    @Benchmark
    @OperationsPerInvocation(MINERS * RULES)
    public Evaluation perMinerAndRule() {
        return AlertEngine.evaluate(rules, snapshot, state, Fleets.START.plusSeconds(30));
    }
}
