package io.minerops.benchmarks.peers;

import io.minerops.api.alert.AlertState;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MinerIndex;
import io.minerops.core.alert.AlertEvaluator;
import io.minerops.core.alert.type.EvaluationContext;
import io.minerops.core.alert.Evaluation;
import io.minerops.core.alert.RuleSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.drools.model.codegen.ExecutableModelProject;
import org.jeasy.rules.api.Facts;
import org.jeasy.rules.api.Rules;
import org.jeasy.rules.api.RulesEngine;
import org.jeasy.rules.core.DefaultRulesEngine;
import org.jeasy.rules.core.RuleBuilder;
import org.kie.api.KieBase;
import org.kie.api.io.ResourceType;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.FactHandle;
import org.kie.internal.utils.KieHelper;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One evaluation of ten rules over a healthy fleet after another poll. Every engine is warm and keeps what it can
 * between two evaluations; making the facts and sessions is not measured, bringing new readings to them is.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EngineBenchmark {
    private static final Instant NOW = Miners.START.plusSeconds(30);
    private static final String ALERTS = "alerts";

    /** Two polls of so many miners, taken in turn. */
    @State(Scope.Benchmark)
    public static class Fleet {
        @Param({"10000", "100000"})
        public int miners;

        private MinerIndex roster = MinerIndex.of(List.of());
        private FleetSnapshot even = Miners.poll(roster, Miners.START, 1);
        private FleetSnapshot odd = even;
        private boolean turn;

        @Setup(Level.Trial)
        public void poll() {
            roster = Miners.roster(miners);
            even = Miners.poll(roster, Miners.START, 1);
            odd = Miners.poll(roster, Miners.START, 2);
        }

        FleetSnapshot next() {
            turn = !turn;
            return turn ? even : odd;
        }
    }

    /** Rules compiled once, and an evaluator that knows which rows they cover. */
    @State(Scope.Benchmark)
    public static class MinerOps {
        private final AlertEvaluator evaluator = new AlertEvaluator();
        private final AlertState atRest = new AlertState(1, Miners.START, Map.of(), Map.of(), List.of());
        private RuleSet rules = RuleSet.compile(List.of());

        @Setup(Level.Trial)
        public void compile() {
            rules = RuleSet.compile(PeerRule.TEN.stream()
                    .map(rule -> rule.alertRule(PeerRule.TEN.indexOf(rule) + 1L))
                    .toList());
        }
    }

    /** Rules built once, and the facts of each miner, of which only the readings change. */
    @State(Scope.Benchmark)
    public static class EasyRules {
        private static final String MINER = "miner";

        private final RulesEngine engine = new DefaultRulesEngine();
        private final Rules rules = new Rules();
        private final List<Readings> readings = new ArrayList<>();
        private final List<Facts> facts = new ArrayList<>();
        private final List<String> alerts = new ArrayList<>();

        @Setup(Level.Trial)
        public void build(Fleet fleet) {
            for (PeerRule rule : PeerRule.TEN) {
                rules.register(new RuleBuilder()
                        .name(rule.name())
                        .when(known -> rule.violated().test(known.get(MINER)))
                        .then(known -> alerts.add(rule.name()))
                        .build());
            }
            for (int row = 0; row < fleet.roster.size(); row++) {
                Readings miner = new Readings(fleet.roster.miner(row).address().toString());
                Facts known = new Facts();
                known.put(MINER, miner);
                readings.add(miner);
                facts.add(known);
            }
        }
    }

    /** A session of the executable model that lives as long as the fleet, with a fact for each miner. */
    @State(Scope.Benchmark)
    public static class Drools {
        private final List<Readings> readings = new ArrayList<>();
        private final List<FactHandle> handles = new ArrayList<>();
        private final List<String> alerts = new ArrayList<>();
        private KieSession session = newSession();

        @Setup(Level.Trial)
        public void insert(Fleet fleet) {
            session.setGlobal(ALERTS, alerts);
            FleetSnapshot first = fleet.next();
            for (int row = 0; row < fleet.roster.size(); row++) {
                Readings miner = new Readings(fleet.roster.miner(row).address().toString());
                miner.set(first, row, NOW.toEpochMilli());
                readings.add(miner);
                handles.add(session.insert(miner));
            }
            session.fireAllRules();
        }

        @TearDown(Level.Trial)
        public void close() {
            session.dispose();
        }

        private static KieSession newSession() {
            StringBuilder drl = new StringBuilder("package io.minerops.benchmarks.peers;\n")
                    .append("global java.util.List ")
                    .append(ALERTS)
                    .append(";\n");
            for (PeerRule rule : PeerRule.TEN) {
                drl.append("rule ")
                        .append(rule.name())
                        .append("\nwhen Readings(")
                        .append(rule.drl());
                drl.append(")\nthen ")
                        .append(ALERTS)
                        .append(".add(\"")
                        .append(rule.name())
                        .append("\");\nend\n");
            }
            KieBase base =
                    new KieHelper().addContent(drl.toString(), ResourceType.DRL).build(ExecutableModelProject.class);
            return base.newKieSession();
        }
    }

    @Benchmark
    public Optional<Evaluation> minerOps(MinerOps engine, Fleet fleet) {
        return engine.evaluator.evaluate(engine.rules, fleet.next(), engine.atRest, NOW, EvaluationContext.NONE);
    }

    @Benchmark
    public List<String> easyRules(EasyRules engine, Fleet fleet) {
        FleetSnapshot poll = fleet.next();
        for (int row = 0; row < poll.size(); row++) {
            engine.readings.get(row).set(poll, row, NOW.toEpochMilli());
            engine.engine.fire(engine.rules, engine.facts.get(row));
        }
        return engine.alerts;
    }

    @Benchmark
    public List<String> drools(Drools engine, Fleet fleet) {
        FleetSnapshot poll = fleet.next();
        for (int row = 0; row < poll.size(); row++) {
            Readings miner = engine.readings.get(row);
            miner.set(poll, row, NOW.toEpochMilli());
            engine.session.update(engine.handles.get(row), miner);
        }
        engine.session.fireAllRules();
        return engine.alerts;
    }
}
