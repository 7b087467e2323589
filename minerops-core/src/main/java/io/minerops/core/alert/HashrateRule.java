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
 * Hash rate below {@code drop_threshold} of the baseline; clears at or above {@code clear_ratio} of it. The baseline is
 * the rule's {@code baseline_ths}, else what {@link HashrateBaselines} says of the miner; without one there is no
 * verdict.
 */
final class HashrateRule implements RuleTypeDefinition {
    private static final String DROP_THRESHOLD = "drop_threshold";
    private static final String BASELINE_THS = "baseline_ths";
    private static final String CLEAR_RATIO = "clear_ratio";
    private static final double DEFAULT_DROP_THRESHOLD = 0.9;
    private static final double DEFAULT_CLEAR_RATIO = 0.95;

    @Override
    public RuleType type() {
        return RuleType.HASHRATE;
    }

    @Override
    public Set<String> thresholds() {
        return Set.of(DROP_THRESHOLD, BASELINE_THS, CLEAR_RATIO);
    }

    @Override
    public Optional<Tuning> tuning(AlertRule rule) {
        return Optional.of(new Tuning(DROP_THRESHOLD, 0.1, 1));
    }

    @Override
    public Condition compile(AlertRule rule) {
        double drop = Limits.get(rule.thresholds(), DROP_THRESHOLD, DEFAULT_DROP_THRESHOLD, 0.001, 1);
        double clear = Limits.get(rule.thresholds(), CLEAR_RATIO, Math.max(DEFAULT_CLEAR_RATIO, drop), 0.001, 2);
        double baseline = Limits.optional(rule.thresholds(), BASELINE_THS, 1e-9, 1e9);
        Limits.require(clear >= drop, CLEAR_RATIO, "must be at least drop_threshold (" + drop + "), not " + clear);
        return new Slow(drop, clear, baseline);
    }

    @Override
    public List<String> warnings(AlertRule rule, List<Miner> covered) {
        double limit = rule.thresholds().get(BASELINE_THS, Double.NaN)
                * rule.thresholds().get(DROP_THRESHOLD, DEFAULT_DROP_THRESHOLD);
        long slower = covered.stream()
                .filter(miner -> miner.nominalThs() != null && miner.nominalThs() < limit)
                .count();
        return slower == 0
                ? List.of()
                : List.of("The nominal hash rate of " + slower + " of " + covered.size() + " miners is below "
                        + Limits.number(limit) + " TH/s (baseline_ths × drop_threshold), so they raise it when they are"
                        + " well.");
    }

    /** Whether a rule of this type looks at what the miner itself has shown. */
    static boolean learns(AlertRule rule) {
        return rule.type().equals(RuleType.HASHRATE)
                && rule.thresholds().get(BASELINE_THS).isEmpty();
    }

    private record Slow(double drop, double clear, double ruleBaselineThs) implements MinerCondition {
        @Override
        public Set<Reading> reads() {
            return Set.of(Reading.HASHRATE_THS);
        }

        @Override
        public Verdict judge(CheckContext check, int row) {
            double hashrate = check.snapshot().value(Reading.HASHRATE_THS, row);
            double baseline = baselineThs(check, row);
            if (hashrate < drop * baseline) {
                return Verdict.VIOLATED;
            } else if (hashrate >= clear * baseline) {
                return Verdict.CLEAR;
            }
            return Double.isNaN(hashrate) || Double.isNaN(baseline) ? Verdict.UNKNOWN : Verdict.BETWEEN;
        }

        @Override
        public void scan(CheckContext check, int from, int to, long[] found) {
            FleetSnapshot.Column hashrate = check.snapshot().column(Reading.HASHRATE_THS);
            if (Double.isNaN(ruleBaselineThs)) {
                ColumnScan.below(hashrate, check.baselines().expectedThs(), drop, from, to, found);
            } else {
                ColumnScan.below(hashrate, drop * ruleBaselineThs, from, to, found);
            }
        }

        @Override
        public Finding describe(CheckContext check, int row) {
            double hashrate = check.snapshot().value(Reading.HASHRATE_THS, row);
            double baseline = baselineThs(check, row);
            double ratio = hashrate / baseline;
            String comparison =
                    ratio < drop ? "below " + Limits.number(drop * 100) : "back to " + Limits.number(ratio * 100);
            return new Finding(
                    "Hash rate " + Limits.number(hashrate) + " TH/s is " + comparison + " % of "
                            + Limits.number(baseline) + " TH/s",
                    Map.of("hashrate_ths", hashrate, BASELINE_THS, baseline, "ratio", ratio, DROP_THRESHOLD, drop));
        }

        private double baselineThs(CheckContext check, int row) {
            return Double.isNaN(ruleBaselineThs) ? check.baselines().expectedThs(row) : ruleBaselineThs;
        }
    }
}
