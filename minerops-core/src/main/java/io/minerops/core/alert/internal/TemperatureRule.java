package io.minerops.core.alert.internal;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
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

/** Mean temperature above {@code temp_c}; clears at or below {@code clear_c}, by default 95 % of it. */
public final class TemperatureRule implements RuleTypeDefinition {
    public static final Threshold TEMP_C = Threshold.builder("temp_c")
            .label("Mean above")
            .unit("°C")
            .range(1, 200)
            .defaultValue(80)
            .help("Raises above.")
            .build();
    private static final Threshold CLEAR_C = Threshold.builder("clear_c")
            .label("Clears at")
            .unit("°C")
            .range(-200, 200)
            .otherwise("95 % of temp_c")
            .help("Clears at or below; 95 % of temp_c by default.")
            .example(76)
            .build();

    /** Sensor values above it are not temperatures. */
    private static final double HOTTEST_READING_C = Reading.AVG_TEMP_C.max();

    @Override
    public RuleType type() {
        return RuleType.TEMP;
    }

    @Override
    public String label() {
        return "temperature";
    }

    @Override
    public String summary() {
        return "mean temperature above a limit";
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(TEMP_C, CLEAR_C);
    }

    @Override
    public List<ThresholdConstraint> constraints() {
        return List.of(new ThresholdConstraint.AtMost(CLEAR_C.name(), TEMP_C.name()));
    }

    @Override
    public String sentence(AlertRule rule) {
        return new Sentence(rule).with("mean temperature above", TEMP_C).toString();
    }

    @Override
    public Optional<Tuning> tuning(AlertRule rule) {
        return Optional.of(new Tuning(TEMP_C.name(), 110, 40));
    }

    @Override
    public Condition compile(AlertRule rule) {
        double raise = TEMP_C.of(rule);
        double clear = CLEAR_C.isSetBy(rule) ? CLEAR_C.of(rule) : Limits.below(raise);
        return new Hot(raise, clear);
    }

    @Override
    public List<String> warnings(AlertRule rule, List<Miner> covered) {
        double raise = TEMP_C.of(rule);
        return raise < HOTTEST_READING_C
                ? List.of()
                : List.of(TEMP_C.name() + " " + Limits.number(raise) + " is never passed: readings above "
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
                    Map.of("avg_temp_c", temperature, TEMP_C.name(), raiseC, CLEAR_C.name(), clearC));
        }
    }
}
