package io.minerops.core.alert;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.Reading;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Joules per terahash above {@code max_j_per_th}, or where the rule has none above the miner's nominal efficiency times
 * {@code tolerance}; clears at or below {@code clear_j_per_th}, by default 95 % of the limit. An estimated power says
 * nothing, since it is an efficiency that was assumed.
 */
final class EfficiencyRule implements RuleTypeDefinition {
    private static final String MAX_J_PER_TH = "max_j_per_th";
    private static final String CLEAR_J_PER_TH = "clear_j_per_th";
    private static final String TOLERANCE = "tolerance";
    private static final double DEFAULT_TOLERANCE = 1.2;
    private static final double MOST = 100_000;

    @Override
    public RuleType type() {
        return RuleType.EFFICIENCY;
    }

    @Override
    public Set<String> thresholds() {
        return Set.of(MAX_J_PER_TH, CLEAR_J_PER_TH, TOLERANCE);
    }

    @Override
    public Optional<Tuning> tuning(AlertRule rule) {
        return Optional.of(
                rule.thresholds().get(MAX_J_PER_TH).isPresent()
                        ? new Tuning(MAX_J_PER_TH, 150, 10)
                        : new Tuning(TOLERANCE, 3, 1));
    }

    @Override
    public Condition compile(AlertRule rule) {
        double max = Limits.optional(rule.thresholds(), MAX_J_PER_TH, 0.1, MOST);
        double clear = Limits.optional(rule.thresholds(), CLEAR_J_PER_TH, 0.1, MOST);
        double tolerance = Limits.get(rule.thresholds(), TOLERANCE, DEFAULT_TOLERANCE, 1, 100);
        boolean hasMax = !Double.isNaN(max);
        Limits.require(
                hasMax || Double.isNaN(clear), CLEAR_J_PER_TH, "means nothing without max_j_per_th; give both or none");
        Limits.require(
                !hasMax || rule.thresholds().get(TOLERANCE).isEmpty(),
                TOLERANCE,
                "means nothing beside max_j_per_th; give one of them");
        Limits.require(!(clear > max), CLEAR_J_PER_TH, "must be at most max_j_per_th (" + max + "), not " + clear);
        return new Wasteful(max, clear, tolerance);
    }

    @Override
    public List<String> warnings(AlertRule rule, List<Miner> covered) {
        double max = rule.thresholds().get(MAX_J_PER_TH, Double.NaN);
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
                    Map.of("efficiency_j_per_th", efficiency, MAX_J_PER_TH, limit));
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
