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
 * The mining process began anew, seen by its running time going back, at least {@code restarts} times within
 * {@code window_minutes}; clears when no restart is left in that window.
 */
final class RestartRule implements RuleTypeDefinition {
    private static final String RESTARTS = "restarts";
    private static final String WINDOW_MINUTES = "window_minutes";
    private static final double DEFAULT_RESTARTS = 3;
    private static final double DEFAULT_WINDOW_MINUTES = 60;
    private static final double MOST_MINUTES = 24 * 60;

    @Override
    public RuleType type() {
        return RuleType.RESTART;
    }

    @Override
    public Set<String> thresholds() {
        return Set.of(RESTARTS, WINDOW_MINUTES);
    }

    @Override
    public Optional<Tuning> tuning(AlertRule rule) {
        return Optional.of(new Tuning(RESTARTS, 24, 1));
    }

    @Override
    public Condition compile(AlertRule rule) {
        double restarts = Limits.get(rule.thresholds(), RESTARTS, DEFAULT_RESTARTS, 1, 1_000);
        Limits.require(restarts == Math.rint(restarts), RESTARTS, "must be a whole number, not " + restarts);
        return new Restarting(
                (int) restarts, Limits.get(rule.thresholds(), WINDOW_MINUTES, DEFAULT_WINDOW_MINUTES, 1, MOST_MINUTES));
    }

    @Override
    public List<String> warnings(AlertRule rule, List<Miner> covered) {
        double window = rule.thresholds().get(WINDOW_MINUTES, DEFAULT_WINDOW_MINUTES);
        double wait = rule.thresholds().get(RuleTimes.FOR_MINUTES, 0);
        return wait < window
                ? List.of()
                : List.of("A row of restarts that ends is never told of: it is seen for window_minutes "
                        + Limits.number(window) + ", which is not longer than for_minutes " + Limits.number(wait)
                        + ".");
    }

    private record Restarting(int restarts, double minutes) implements MinerCondition {
        @Override
        public Lookback lookback() {
            return Lookback.minutes(minutes, Reading.ELAPSED_S);
        }

        @Override
        public Set<Reading> reads() {
            return Set.of(Reading.ELAPSED_S);
        }

        @Override
        public Verdict judge(CheckContext check, int row) {
            int seen = Counters.falls(check, Reading.ELAPSED_S, row, minutes);
            if (seen >= restarts) {
                return Verdict.VIOLATED;
            }
            return seen < 0 ? Verdict.UNKNOWN : seen == 0 ? Verdict.CLEAR : Verdict.BETWEEN;
        }

        @Override
        public Finding describe(CheckContext check, int row) {
            int seen = Counters.falls(check, Reading.ELAPSED_S, row, minutes);
            String times = seen == 0 ? "No restart" : seen == 1 ? "Restarted once" : "Restarted " + seen + " times";
            return new Finding(
                    times + " within " + Limits.number(minutes) + " min",
                    Map.of(RESTARTS, (double) seen, WINDOW_MINUTES, minutes));
        }
    }
}
