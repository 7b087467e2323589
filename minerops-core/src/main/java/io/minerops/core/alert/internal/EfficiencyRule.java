package io.minerops.core.alert.internal;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.Reading;
import io.minerops.core.alert.type.CheckContext;
import io.minerops.core.alert.type.Condition;
import io.minerops.core.alert.type.Limits;
import io.minerops.core.alert.type.MinerCondition;
import io.minerops.core.alert.type.RuleTypeDefinition;
import io.minerops.core.alert.type.RuleTypeDefinition.Tuning;
import io.minerops.core.alert.type.Sentence;
import io.minerops.core.alert.type.Threshold;
import io.minerops.core.alert.type.ThresholdConstraint;
import io.minerops.core.alert.type.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Joules per terahash above {@code max_j_per_th}, or where the rule has none above the miner's nominal efficiency times
 * {@code tolerance}; clears at or below {@code clear_j_per_th}, by default 95 % of the limit. An estimated power says
 * nothing, since it is an efficiency that was assumed.
 */
public final class EfficiencyRule implements RuleTypeDefinition {
    private static final Threshold MAX_J_PER_TH = Threshold.builder("max_j_per_th")
            .label("Above")
            .unit("J/TH")
            .range(0.1, 100_000)
            .otherwise("nominal × tolerance")
            .help("Raises above; by default the miner's nominal efficiency times the tolerance.")
            .example(38)
            .build();
    private static final Threshold CLEAR_J_PER_TH = Threshold.builder("clear_j_per_th")
            .label("Clears at")
            .unit("J/TH")
            .range(0.1, 100_000)
            .otherwise("95 % of the limit")
            .help("Clears at or below; 95 % of max_j_per_th by default.")
            .example(36)
            .build();
    private static final Threshold TOLERANCE = Threshold.builder("tolerance")
            .label("Above the nominal efficiency, times")
            .unit("times the miner's nominal efficiency")
            .range(1, 100)
            .defaultValue(1.2)
            .help("Raises above where there is no max_j_per_th.")
            .build();

    @Override
    public RuleType type() {
        return RuleType.EFFICIENCY;
    }

    @Override
    public String label() {
        return "efficiency";
    }

    @Override
    public String summary() {
        return "too many joules per terahash";
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(MAX_J_PER_TH, CLEAR_J_PER_TH, TOLERANCE);
    }

    @Override
    public List<ThresholdConstraint> constraints() {
        return List.of(
                new ThresholdConstraint.Requires(CLEAR_J_PER_TH.name(), MAX_J_PER_TH.name(), 0),
                new ThresholdConstraint.Excludes(TOLERANCE.name(), MAX_J_PER_TH.name()),
                new ThresholdConstraint.AtMost(CLEAR_J_PER_TH.name(), MAX_J_PER_TH.name()));
    }

    @Override
    public String sentence(AlertRule rule) {
        Sentence sentence = new Sentence(rule);
        return MAX_J_PER_TH.isSetBy(rule)
                ? sentence.with("more than", MAX_J_PER_TH).toString()
                : "more than " + Limits.number(TOLERANCE.of(rule)) + " × the nominal J/TH";
    }

    @Override
    public Optional<Tuning> tuning(AlertRule rule) {
        return Optional.of(
                MAX_J_PER_TH.isSetBy(rule)
                        ? new Tuning(MAX_J_PER_TH.name(), 150, 10)
                        : new Tuning(TOLERANCE.name(), 3, 1));
    }

    @Override
    public Condition compile(AlertRule rule) {
        return new Wasteful(MAX_J_PER_TH.of(rule), CLEAR_J_PER_TH.of(rule), TOLERANCE.of(rule));
    }

    @Override
    public List<String> warnings(AlertRule rule, List<Miner> covered) {
        double max = MAX_J_PER_TH.of(rule);
        long unknown = covered.stream()
                .filter(miner -> miner.nominalEfficiencyJPerTh() == null)
                .count();
        if (Double.isNaN(max) && unknown == covered.size()) {
            return List.of("This rule never raises: it has no max_j_per_th, and no miner that it covers has a nominal"
                    + " efficiency.");
        } else if (Double.isNaN(max) && unknown > 0) {
            return List.of("It never raises for " + unknown + " of " + covered.size()
                    + " miners, which have no nominal efficiency: it has no max_j_per_th.");
        }
        long wasteful = covered.stream()
                .filter(miner -> miner.nominalEfficiencyJPerTh() != null && miner.nominalEfficiencyJPerTh() > max)
                .count();
        return wasteful == 0
                ? List.of()
                : List.of("The nominal efficiency of " + wasteful + " of " + covered.size()
                        + " miners is above max_j_per_th " + Limits.number(max)
                        + ", so they raise it when they are well.");
    }

    private record Wasteful(double max, double clear, double tolerance) implements MinerCondition {
        @Override
        public Set<Reading> reads() {
            return Set.of(Reading.HASHRATE_THS, Reading.POWER_W);
        }

        @Override
        public Verdict judge(CheckContext check, int row) {
            double efficiency = efficiency(check.snapshot(), row);
            double limit = limit(check.snapshot(), row);
            double clearing = Double.isNaN(clear) ? Limits.below(limit) : clear;
            if (efficiency > limit) {
                return Verdict.VIOLATED;
            } else if (efficiency <= clearing) {
                return Verdict.CLEAR;
            }
            return Double.isNaN(efficiency) || Double.isNaN(limit) ? Verdict.UNKNOWN : Verdict.BETWEEN;
        }

        @Override
        public Finding describe(CheckContext check, int row) {
            double efficiency = efficiency(check.snapshot(), row);
            double limit = limit(check.snapshot(), row);
            return new Finding(
                    "Takes " + Limits.number(efficiency) + " J/TH, "
                            + (efficiency > limit ? "more than " : "again within ") + Limits.number(limit) + " J/TH",
                    Map.of("efficiency_j_per_th", efficiency, MAX_J_PER_TH.name(), limit));
        }

        private double limit(FleetSnapshot snapshot, int row) {
            if (!Double.isNaN(max)) {
                return max;
            }
            Double nominal = snapshot.miner(row).nominalEfficiencyJPerTh();
            return nominal == null ? Double.NaN : nominal * tolerance;
        }

        private static double efficiency(FleetSnapshot snapshot, int row) {
            double hashrate = snapshot.value(Reading.HASHRATE_THS, row);
            return hashrate > 0 && !snapshot.powerEstimated(row)
                    ? snapshot.value(Reading.POWER_W, row) / hashrate
                    : Double.NaN;
        }
    }
}
