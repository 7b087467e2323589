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
import java.util.TreeMap;

/**
 * The slowest fan below {@code min_rpm} or the fastest above {@code max_rpm}: one dead fan among four is a fault that
 * their mean would hide. Where a device gives only a mean, the mean is judged. Clears 5 % inside the limits.
 */
public final class FanRule implements RuleTypeDefinition {
    public static final Threshold MIN_RPM = Threshold.builder("min_rpm")
            .label("Slowest below")
            .unit("rpm")
            .range(0, 100_000)
            .defaultValue(2_000)
            .help("Raises where the slowest fan is below; clears 5 % above.")
            .build();
    private static final Threshold MAX_RPM = Threshold.builder("max_rpm")
            .label("Fastest above")
            .unit("rpm")
            .range(1, 100_000)
            .otherwise("no limit")
            .help("Raises where the fastest fan is above; clears 5 % below.")
            .example(7_000)
            .build();

    @Override
    public RuleType type() {
        return RuleType.FAN;
    }

    @Override
    public String label() {
        return "fan";
    }

    @Override
    public String summary() {
        return "the slowest fan below a limit, or the fastest above one";
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(MIN_RPM, MAX_RPM);
    }

    @Override
    public List<ThresholdConstraint> constraints() {
        return List.of(new ThresholdConstraint.RoomAbove(MAX_RPM.name(), MIN_RPM.name()));
    }

    @Override
    public String sentence(AlertRule rule) {
        return new Sentence(rule)
                .with("slowest fan below", MIN_RPM)
                .ifSet("fastest fan above", MAX_RPM)
                .toString();
    }

    @Override
    public Optional<Tuning> tuning(AlertRule rule) {
        return Optional.of(new Tuning(MIN_RPM.name(), 0, 8_000));
    }

    @Override
    public boolean exceptStopped() {
        return true;
    }

    @Override
    public Condition compile(AlertRule rule) {
        return new FanSpeed(MIN_RPM.of(rule), MAX_RPM.of(rule));
    }

    @Override
    public List<String> warnings(AlertRule rule, List<Miner> covered) {
        boolean never = MIN_RPM.of(rule) == 0 && !MAX_RPM.isSetBy(rule);
        return never
                ? List.of("This rule never raises: no fan is slower than min_rpm 0, and there is no max_rpm.")
                : List.of();
    }

    private record FanSpeed(double minRpm, double maxRpm) implements MinerCondition {
        @Override
        public Set<Reading> reads() {
            return Set.of(Reading.MIN_FAN_RPM, Reading.AVG_FAN_RPM, Reading.MAX_FAN_RPM);
        }

        @Override
        public Verdict judge(CheckContext check, int row) {
            FleetSnapshot snapshot = check.snapshot();
            double slowest = orMean(snapshot, Reading.MIN_FAN_RPM, row);
            double fastest = orMean(snapshot, Reading.MAX_FAN_RPM, row);
            if (slowest < minRpm || fastest > maxRpm) {
                return Verdict.VIOLATED;
            } else if (Double.isNaN(slowest)) {
                return Verdict.UNKNOWN;
            }
            boolean clear =
                    slowest >= Limits.above(minRpm) && (Double.isNaN(maxRpm) || fastest <= Limits.below(maxRpm));
            return clear ? Verdict.CLEAR : Verdict.BETWEEN;
        }

        @Override
        public void scan(CheckContext check, int from, int to, long[] found) {
            // the mean lies between the slowest and the fastest, so it adds only rows that have no more than a mean
            ColumnScan.below(check.snapshot().column(Reading.MIN_FAN_RPM), minRpm, from, to, found);
            ColumnScan.below(check.snapshot().column(Reading.AVG_FAN_RPM), minRpm, from, to, found);
            if (!Double.isNaN(maxRpm)) {
                ColumnScan.above(check.snapshot().column(Reading.MAX_FAN_RPM), maxRpm, from, to, found);
                ColumnScan.above(check.snapshot().column(Reading.AVG_FAN_RPM), maxRpm, from, to, found);
            }
        }

        @Override
        public Finding describe(CheckContext check, int row) {
            FleetSnapshot snapshot = check.snapshot();
            double slowest = orMean(snapshot, Reading.MIN_FAN_RPM, row);
            double fastest = orMean(snapshot, Reading.MAX_FAN_RPM, row);
            Map<String, Double> details = new TreeMap<>(Map.of(MIN_RPM.name(), minRpm, "min_fan_rpm", slowest));
            if (!Double.isNaN(maxRpm)) {
                details.put(MAX_RPM.name(), maxRpm);
                details.put("max_fan_rpm", fastest);
            }
            String message = slowest < minRpm
                    ? "Slowest fan at " + Limits.number(slowest) + " rpm is below " + Limits.number(minRpm) + " rpm"
                    : fastest > maxRpm
                            ? "Fastest fan at " + Limits.number(fastest) + " rpm is above " + Limits.number(maxRpm)
                                    + " rpm"
                            : "Fans run at " + Limits.number(slowest) + " to " + Limits.number(fastest) + " rpm again";
            return new Finding(message, details);
        }

        private static double orMean(FleetSnapshot snapshot, Reading reading, int row) {
            double value = snapshot.value(reading, row);
            return Double.isNaN(value) ? snapshot.value(Reading.AVG_FAN_RPM, row) : value;
        }
    }
}
