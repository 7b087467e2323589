package io.minerops.core.alert.internal;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.Reading;
import io.minerops.core.alert.type.CheckContext;
import io.minerops.core.alert.type.ColumnScan;
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
 * Hashrate below {@code drop_threshold} of the baseline; clears at or above {@code clear_ratio} of it. The baseline is
 * the rule's {@code baseline_ths}, else what {@link CheckContext#expectedThs(int)} gives; without one there is no
 * verdict.
 */
public final class HashrateRule implements RuleTypeDefinition {
    public static final Threshold DROP_THRESHOLD = Threshold.builder("drop_threshold")
            .label("Below this share of the baseline")
            .unit("share of the baseline")
            .range(0.001, 1)
            .defaultValue(0.9)
            .help("Raises below.")
            .build();
    private static final Threshold CLEAR_RATIO = Threshold.builder("clear_ratio")
            .label("Clears from this share")
            .unit("share of the baseline")
            .range(0.001, 2)
            .defaultValue(0.95)
            .help("Clears at or above.")
            .build();
    private static final Threshold BASELINE_THS = Threshold.builder("baseline_ths")
            .label("Baseline")
            .unit("TH/s")
            .range(1e-9, 1e9)
            .otherwise("nominal or learned")
            .help("The baseline; by default the miner's nominal hashrate, else what it has shown.")
            .example(110)
            .build();

    @Override
    public RuleType type() {
        return RuleType.HASHRATE;
    }

    @Override
    public String label() {
        return "hashrate";
    }

    @Override
    public String summary() {
        return "hashrate below a share of the baseline";
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(DROP_THRESHOLD, CLEAR_RATIO, BASELINE_THS);
    }

    @Override
    public List<ThresholdConstraint> constraints() {
        return List.of(new ThresholdConstraint.AtLeast(CLEAR_RATIO.name(), DROP_THRESHOLD.name()));
    }

    @Override
    public String sentence(AlertRule rule) {
        String share = Limits.number(DROP_THRESHOLD.of(rule) * 100) + " % of ";
        Sentence sentence = new Sentence(rule);
        return sentence.with("hashrate below " + share
                        + (BASELINE_THS.isSetBy(rule) ? sentence.valueOf(BASELINE_THS) : "the baseline"))
                .toString();
    }

    @Override
    public boolean learnsBaseline(AlertRule rule) {
        return !BASELINE_THS.isSetBy(rule);
    }

    @Override
    public Optional<Tuning> tuning(AlertRule rule) {
        return Optional.of(new Tuning(DROP_THRESHOLD.name(), 0.1, 1));
    }

    @Override
    public boolean exceptStopped() {
        return true;
    }

    @Override
    public Condition compile(AlertRule rule) {
        double drop = DROP_THRESHOLD.of(rule);
        return new Slow(drop, Math.max(CLEAR_RATIO.of(rule), drop), BASELINE_THS.of(rule));
    }

    @Override
    public List<String> warnings(AlertRule rule, List<Miner> covered) {
        double limit = BASELINE_THS.of(rule) * DROP_THRESHOLD.of(rule);
        long slower = covered.stream()
                .filter(miner -> miner.nominalThs() != null && miner.nominalThs() < limit)
                .count();
        return slower == 0
                ? List.of()
                : List.of("The nominal hashrate of " + slower + " of " + covered.size() + " miners is below "
                        + Limits.number(limit) + " TH/s (baseline_ths × drop_threshold), so they raise it when they are"
                        + " well.");
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
                ColumnScan.below(hashrate, check.expectedThs(), drop, from, to, found);
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
                    "Hashrate " + Limits.number(hashrate) + " TH/s is " + comparison + " % of "
                            + Limits.number(baseline) + " TH/s",
                    Map.of(
                            "hashrate_ths",
                            hashrate,
                            BASELINE_THS.name(),
                            baseline,
                            "ratio",
                            ratio,
                            DROP_THRESHOLD.name(),
                            drop));
        }

        private double baselineThs(CheckContext check, int row) {
            return Double.isNaN(ruleBaselineThs) ? check.expectedThs(row) : ruleBaselineThs;
        }
    }
}
