package io.minerops.core.alert.internal;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.Reading;
import io.minerops.core.alert.type.CheckContext;
import io.minerops.core.alert.type.Condition;
import io.minerops.core.alert.type.Limits;
import io.minerops.core.alert.type.Lookback;
import io.minerops.core.alert.type.MinerCondition;
import io.minerops.core.alert.type.RecentReadings;
import io.minerops.core.alert.type.RuleTimes;
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
import java.util.stream.Stream;

/**
 * A reading moved by as much as the threshold of its name says within {@code within_minutes}: {@code avg_temp_c: 15} for
 * a rise by 15 °C, {@code hashrate_ths: -20} for a fall by 20 TH/s. Clears when the move is down to 95 % of that.
 */
public final class RateOfChangeRule implements RuleTypeDefinition {
    private static final Threshold WITHIN_MINUTES = Threshold.builder("within_minutes")
            .label("Within")
            .unit("min")
            .range(0.1, 24 * 60)
            .defaultValue(10)
            .help("The time within which the reading moves.")
            .build();
    private static final List<Threshold> READINGS =
            ChosenReading.thresholds("moved by", null, "How far it moves: above 0 for a rise, below 0 for a fall.");
    private static final double CLEARS_AT = Limits.below(1);

    @Override
    public RuleType type() {
        return RuleType.RATE_OF_CHANGE;
    }

    @Override
    public String label() {
        return "rate of change";
    }

    @Override
    public String summary() {
        return "a reading moved by as much as the threshold of its name within a time, such as avg_temp_c 15 or hashrate_ths -20";
    }

    @Override
    public List<Threshold> thresholds() {
        return Stream.concat(READINGS.stream(), Stream.of(WITHIN_MINUTES)).toList();
    }

    @Override
    public List<ThresholdConstraint> constraints() {
        return List.of(ChosenReading.exactlyOne());
    }

    @Override
    public String sentence(AlertRule rule) {
        ChosenReading chosen = ChosenReading.of(rule);
        Sentence sentence = new Sentence(rule);
        return chosen.reading().key() + " moved by " + Limits.number(chosen.limit()) + " "
                + chosen.reading().unit() + " within " + sentence.valueOf(WITHIN_MINUTES);
    }

    @Override
    public Optional<Tuning> tuning(AlertRule rule) {
        return ChosenReading.of(rule).tuning();
    }

    @Override
    public Condition compile(AlertRule rule) {
        return new Moving(ChosenReading.of(rule), WITHIN_MINUTES.of(rule));
    }

    @Override
    public List<String> warnings(AlertRule rule, List<Miner> covered) {
        double within = WITHIN_MINUTES.of(rule);
        double wait = RuleTimes.FOR_MINUTES.of(rule);
        return wait < within
                ? List.of()
                : List.of("This rule can never raise: for_minutes (" + Limits.number(wait)
                        + ") must be less than within_minutes (" + Limits.number(within) + ").");
    }

    private record Moving(ChosenReading chosen, double minutes) implements MinerCondition {
        @Override
        public Lookback lookback() {
            return Lookback.minutes(minutes, chosen.reading());
        }

        @Override
        public Set<Reading> reads() {
            return Set.of(chosen.reading());
        }

        @Override
        public Verdict judge(CheckContext check, int row) {
            double share = chosen.share(move(check, row));
            if (share >= 1) {
                return Verdict.VIOLATED;
            }
            return Double.isNaN(share) ? Verdict.UNKNOWN : share <= CLEARS_AT ? Verdict.CLEAR : Verdict.BETWEEN;
        }

        @Override
        public Finding describe(CheckContext check, int row) {
            double move = move(check, row);
            String name = chosen.reading().key();
            return new Finding(
                    name + " moved by " + Limits.number(move) + " within " + Limits.number(minutes) + " min (limit "
                            + Limits.number(chosen.limit()) + ")",
                    Map.of(name, check.snapshot().value(chosen.reading(), row), "move", move, "limit", chosen.limit()));
        }

        /** From the lowest value to the latest, or for a fall from the highest; NaN where one is not known. */
        private double move(CheckContext check, int row) {
            RecentReadings recent = check.recent();
            double latest = check.snapshot().value(chosen.reading(), row);
            if (recent == null || Double.isNaN(latest)) {
                return Double.NaN;
            }
            double from = Double.NaN;
            for (int poll = Counters.first(check, recent, minutes); poll < recent.polls(); poll++) {
                double value = recent.value(chosen.reading(), poll, row);
                boolean farther = chosen.isUpwards() ? value < from : value > from;
                from = Double.isNaN(from) || farther ? value : from;
            }
            return latest - from;
        }
    }
}
