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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Power above {@code max_power_w}, below {@code min_power_w}, or above the miner's own cap by more than
 * {@code cap_tolerance}. Clears 5 % inside the limits, and at or below the cap. Without any of the three there is
 * nothing to judge.
 */
public final class PowerRule implements RuleTypeDefinition {
    private static final Threshold MAX_POWER_W = Threshold.builder("max_power_w")
            .label("Above")
            .unit("W")
            .range(1, 1e6)
            .otherwise("no limit")
            .help("Raises above; clears 5 % below.")
            .example(3_500)
            .build();
    private static final Threshold MIN_POWER_W = Threshold.builder("min_power_w")
            .label("Below")
            .unit("W")
            .range(0, 1e6)
            .otherwise("no limit")
            .help("Raises below; clears 5 % above.")
            .example(500)
            .build();
    private static final Threshold CAP_TOLERANCE = Threshold.builder("cap_tolerance")
            .label("Above the power cap, times")
            .unit("times the miner's cap")
            .range(1, 10)
            .defaultValue(1.05)
            .help("Raises above, for miners that have a power cap.")
            .build();

    @Override
    public RuleType type() {
        return RuleType.POWER;
    }

    @Override
    public String label() {
        return "power";
    }

    @Override
    public String summary() {
        return "power outside its limits or above the miner's cap";
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(MAX_POWER_W, MIN_POWER_W, CAP_TOLERANCE);
    }

    @Override
    public List<ThresholdConstraint> constraints() {
        return List.of(new ThresholdConstraint.RoomAbove(MAX_POWER_W.name(), MIN_POWER_W.name()));
    }

    @Override
    public String sentence(AlertRule rule) {
        return new Sentence(rule)
                .ifSet("power above", MAX_POWER_W)
                .ifSet("power below", MIN_POWER_W)
                .with("power above the miner's cap × " + Limits.number(CAP_TOLERANCE.of(rule)))
                .toString();
    }

    @Override
    public Optional<Tuning> tuning(AlertRule rule) {
        return MAX_POWER_W.isSetBy(rule)
                ? Optional.of(new Tuning(MAX_POWER_W.name(), 10_000, 500))
                : Optional.of(new Tuning(CAP_TOLERANCE.name(), 2, 1));
    }

    @Override
    public Condition compile(AlertRule rule) {
        return new Power(MIN_POWER_W.of(rule), MAX_POWER_W.of(rule), CAP_TOLERANCE.of(rule));
    }

    @Override
    public List<String> warnings(AlertRule rule, List<Miner> covered) {
        double min = MIN_POWER_W.isSetBy(rule) ? MIN_POWER_W.of(rule) : 0;
        double max = MAX_POWER_W.of(rule);
        long uncapped =
                covered.stream().filter(miner -> miner.powerCapW() == null).count();
        List<String> warnings = new ArrayList<>();
        if (min == 0 && Double.isNaN(max) && uncapped > 0) {
            warnings.add(
                    uncapped == covered.size()
                            ? "This rule never raises: it has no max_power_w, no min_power_w above 0, and no miner that it"
                                    + " covers has a power cap."
                            : "It never raises for " + uncapped + " of " + covered.size()
                                    + " miners, which have no power cap: it has no max_power_w and no min_power_w above 0.");
        }
        long capped = covered.stream()
                .filter(miner -> miner.powerCapW() != null && miner.powerCapW() < min)
                .count();
        if (capped > 0) {
            warnings.add("The power cap of " + capped + " of " + covered.size() + " miners is below min_power_w "
                    + Limits.number(min) + ", so they raise it while they keep to it.");
        }
        return warnings;
    }

    private record Power(double minW, double maxW, double capTolerance) implements MinerCondition {
        @Override
        public Set<Reading> reads() {
            return Set.of(Reading.POWER_W);
        }

        @Override
        public Verdict judge(CheckContext check, int row) {
            double power = check.snapshot().value(Reading.POWER_W, row);
            double cap = check.powerCapW(row);
            if (power > maxW || power < minW || power > cap * capTolerance) {
                return Verdict.VIOLATED;
            } else if (Double.isNaN(power)) {
                return Verdict.UNKNOWN;
            }
            boolean clear = (Double.isNaN(maxW) || power <= Limits.below(maxW))
                    && (Double.isNaN(minW) || power >= Limits.above(minW))
                    && (Double.isNaN(cap) || power <= cap);
            return clear ? Verdict.CLEAR : Verdict.BETWEEN;
        }

        @Override
        public void scan(CheckContext check, int from, int to, long[] found) {
            FleetSnapshot.Column power = check.snapshot().column(Reading.POWER_W);
            if (!Double.isNaN(maxW)) {
                ColumnScan.above(power, maxW, from, to, found);
            }
            if (!Double.isNaN(minW)) {
                ColumnScan.below(power, minW, from, to, found);
            }
            double[] caps = check.powerCapsW();
            if (caps != null) {
                ColumnScan.above(power, caps, capTolerance, from, to, found);
            }
        }

        @Override
        public Finding describe(CheckContext check, int row) {
            double power = check.snapshot().value(Reading.POWER_W, row);
            double cap = check.powerCapW(row);
            Map<String, Double> details = new TreeMap<>(Map.of("power_w", power));
            putKnown(details, MAX_POWER_W.name(), maxW);
            putKnown(details, MIN_POWER_W.name(), minW);
            putKnown(details, "power_cap_w", cap);
            return new Finding("Power " + Limits.number(power) + " W is " + comparison(power, cap), details);
        }

        private String comparison(double power, double cap) {
            if (power > maxW) {
                return "above " + Limits.number(maxW) + " W";
            } else if (power < minW) {
                return "below " + Limits.number(minW) + " W";
            } else if (power > cap * capTolerance) {
                return "above the cap of " + Limits.number(cap) + " W by more than "
                        + Limits.number((capTolerance - 1) * 100) + " %";
            }
            return "within its limits again";
        }

        private static void putKnown(Map<String, Double> details, String key, double value) {
            if (!Double.isNaN(value)) {
                details.put(key, value);
            }
        }
    }
}
