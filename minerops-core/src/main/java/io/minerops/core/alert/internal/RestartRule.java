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
import io.minerops.core.alert.type.RuleTimes;
import io.minerops.core.alert.type.RuleTypeDefinition;
import io.minerops.core.alert.type.RuleTypeDefinition.Tuning;
import io.minerops.core.alert.type.Sentence;
import io.minerops.core.alert.type.Threshold;
import io.minerops.core.alert.type.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The mining process restarted, detected by its running time going back, at least {@code restarts} times within
 * {@code window_minutes}; clears when no restart is left in that window.
 */
public final class RestartRule implements RuleTypeDefinition {
    private static final Threshold RESTARTS = Threshold.builder("restarts")
            .label("At least")
            .unit("restarts")
            .range(1, 1_000)
            .whole()
            .defaultValue(3)
            .help("Raises at this many.")
            .build();
    private static final Threshold WINDOW_MINUTES = Threshold.builder("window_minutes")
            .label("Within")
            .unit("min")
            .range(1, 24 * 60)
            .defaultValue(60)
            .help("The time within which restarts are counted.")
            .build();

    @Override
    public RuleType type() {
        return RuleType.RESTART;
    }

    @Override
    public String label() {
        return "restarts";
    }

    @Override
    public String summary() {
        return "repeated restarts of the miner";
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(RESTARTS, WINDOW_MINUTES);
    }

    @Override
    public String sentence(AlertRule rule) {
        Sentence sentence = new Sentence(rule);
        return sentence.valueOf(RESTARTS) + " within " + sentence.valueOf(WINDOW_MINUTES);
    }

    @Override
    public Optional<Tuning> tuning(AlertRule rule) {
        return Optional.of(new Tuning(RESTARTS.name(), 24, 1));
    }

    @Override
    public Condition compile(AlertRule rule) {
        return new Restarting((int) RESTARTS.of(rule), WINDOW_MINUTES.of(rule));
    }

    @Override
    public List<String> warnings(AlertRule rule, List<Miner> covered) {
        double window = WINDOW_MINUTES.of(rule);
        double wait = RuleTimes.FOR_MINUTES.of(rule);
        return wait < window
                ? List.of()
                : List.of("This rule can never raise: for_minutes (" + Limits.number(wait)
                        + ") must be less than window_minutes (" + Limits.number(window) + ").");
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
                    Map.of(RESTARTS.name(), (double) seen, WINDOW_MINUTES.name(), minutes));
        }
    }
}
