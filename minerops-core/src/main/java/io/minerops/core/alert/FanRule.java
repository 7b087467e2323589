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
import java.util.TreeMap;

/**
 * The slowest fan below {@code min_rpm} or the fastest above {@code max_rpm}: one dead fan among four is a fault that
 * their mean would hide. Where a device gives only a mean, the mean is judged. Clears 5 % inside the limits.
 */
final class FanRule implements RuleTypeDefinition {
    private static final String MIN_RPM = "min_rpm";
    private static final String MAX_RPM = "max_rpm";
    private static final double DEFAULT_MIN_RPM = 2_000;
    private static final double MAX_LIMIT_RPM = 100_000;

    @Override
    public RuleType type() {
        return RuleType.FAN;
    }

    @Override
    public Set<String> thresholds() {
        return Set.of(MIN_RPM, MAX_RPM);
    }

    @Override
    public Optional<Tuning> tuning(AlertRule rule) {
        return Optional.of(new Tuning(MIN_RPM, 0, 8_000));
    }

    @Override
    public Condition compile(AlertRule rule) {
        double max = Limits.optional(rule.thresholds(), MAX_RPM, 1, MAX_LIMIT_RPM);
        double min = Limits.get(rule.thresholds(), MIN_RPM, DEFAULT_MIN_RPM, 0, MAX_LIMIT_RPM);
        Limits.require(
                Double.isNaN(max) || Limits.above(min) <= Limits.below(max),
                MAX_RPM,
                "must leave room above min_rpm (" + min + ") for both to clear, not " + max);
        return new FanSpeed(min, max);
    }

    @Override
    public List<String> warnings(AlertRule rule, List<Miner> covered) {
        boolean never = rule.thresholds().get(MIN_RPM, DEFAULT_MIN_RPM) == 0
                && rule.thresholds().get(MAX_RPM).isEmpty();
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
            Map<String, Double> details = new TreeMap<>(Map.of(MIN_RPM, minRpm, "min_fan_rpm", slowest));
            if (!Double.isNaN(maxRpm)) {
                details.put(MAX_RPM, maxRpm);
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
