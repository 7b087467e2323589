package io.minerops.core.alert;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.Reading;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A reading moved by as much as the threshold of its name says within {@code within_minutes}: {@code avg_temp_c: 15} for
 * a rise by 15 °C, {@code hashrate_ths: -20} for a fall by 20 TH/s. Clears when the move is down to 95 % of that.
 */
final class RateOfChangeRule implements RuleTypeDefinition {
    private static final String WITHIN_MINUTES = "within_minutes";
    private static final double DEFAULT_WITHIN_MINUTES = 10;
    private static final double MOST_MINUTES = 24 * 60;
    private static final double CLEARS_AT = 0.95;

    @Override
    public RuleType type() {
        return RuleType.RATE_OF_CHANGE;
    }

    @Override
    public Set<String> thresholds() {
        return ChosenReading.and(WITHIN_MINUTES);
    }

    @Override
    public Optional<Tuning> tuning(AlertRule rule) {
        return ChosenReading.of(rule).tuning();
    }

    @Override
    public Condition compile(AlertRule rule) {
        return new Moving(
                ChosenReading.of(rule),
                Limits.get(rule.thresholds(), WITHIN_MINUTES, DEFAULT_WITHIN_MINUTES, 0.1, MOST_MINUTES));
    }

    @Override
    public List<String> warnings(AlertRule rule, List<Miner> covered) {
        double within = rule.thresholds().get(WITHIN_MINUTES, DEFAULT_WITHIN_MINUTES);
        double wait = rule.thresholds().get(RuleTimes.FOR_MINUTES, 0);
        return wait < within
                ? List.of()
                : List.of("A sudden move is never told of: it is seen for within_minutes " + Limits.number(within)
                        + ", which is not longer than for_minutes " + Limits.number(wait) + ".");
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
