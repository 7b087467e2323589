package io.minerops.core.alert;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.Reading;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Mean temperature above {@code temp_c}; clears at or below {@code clear_c}, by default 95 % of it. */
final class TemperatureRule implements RuleTypeDefinition {
    private static final String TEMP_C = "temp_c";
    private static final String CLEAR_C = "clear_c";
    private static final double DEFAULT_TEMP_C = 80;
    private static final double MIN_C = 1;
    private static final double MAX_C = 200;
    /** What sensors say above it is not taken for a temperature. */
    private static final double HOTTEST_READING_C = 150;

    @Override
    public RuleType type() {
        return RuleType.TEMP;
    }

    @Override
    public Set<String> thresholds() {
        return Set.of(TEMP_C, CLEAR_C);
    }

    @Override
    public Optional<Tuning> tuning(AlertRule rule) {
        return Optional.of(new Tuning(TEMP_C, 110, 40));
    }

    @Override
    public Condition compile(AlertRule rule) {
        double raise = Limits.get(rule.thresholds(), TEMP_C, DEFAULT_TEMP_C, MIN_C, MAX_C);
        double clear = Limits.get(rule.thresholds(), CLEAR_C, Limits.below(raise), -MAX_C, MAX_C);
        Limits.require(clear <= raise, CLEAR_C, "must be at most temp_c (" + raise + "), not " + clear);
        return new Hot(raise, clear);
    }

    @Override
    public List<String> warnings(AlertRule rule, List<Miner> covered) {
        double raise = rule.thresholds().get(TEMP_C, DEFAULT_TEMP_C);
        return raise < HOTTEST_READING_C
                ? List.of()
                : List.of("temp_c " + Limits.number(raise) + " is never passed: readings above "
                        + Limits.number(HOTTEST_READING_C) + " °C are taken for a broken sensor.");
    }

    private record Hot(double raiseC, double clearC) implements MinerCondition {
        @Override
        public Set<Reading> reads() {
            return Set.of(Reading.AVG_TEMP_C);
        }

        @Override
        public Verdict judge(CheckContext check, int row) {
            double temperature = check.snapshot().value(Reading.AVG_TEMP_C, row);
            if (temperature > raiseC) {
                return Verdict.VIOLATED;
            } else if (temperature <= clearC) {
                return Verdict.CLEAR;
            }
            return Double.isNaN(temperature) ? Verdict.UNKNOWN : Verdict.BETWEEN;
        }

        @Override
        public void scan(CheckContext check, int from, int to, long[] found) {
            ColumnScan.above(check.snapshot().column(Reading.AVG_TEMP_C), raiseC, from, to, found);
        }

        @Override
        public Finding describe(CheckContext check, int row) {
            double temperature = check.snapshot().value(Reading.AVG_TEMP_C, row);
            boolean hot = temperature > raiseC;
            return new Finding(
                    "Mean temperature " + Limits.number(temperature) + " °C is "
                            + (hot
                                    ? "above " + Limits.number(raiseC)
                                    : "down to " + Limits.number(clearC) + " °C or less")
                            + (hot ? " °C" : ""),
                    Map.of("avg_temp_c", temperature, TEMP_C, raiseC, CLEAR_C, clearC));
        }
    }
}
