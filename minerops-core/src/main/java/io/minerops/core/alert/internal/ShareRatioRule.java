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
 * A share of what the miner did in the last {@code window_minutes} above {@code max_pct} %; clears at or below
 * {@code clear_pct}, by default 95 % of it. Counters are followed over restarts, and where fewer than {@code min_shares}
 * were counted nothing is said.
 */
public final class ShareRatioRule implements RuleTypeDefinition {
    private static final Threshold CLEAR_PCT = Threshold.builder("clear_pct")
            .label("Clears at")
            .unit("%")
            .range(0, 100)
            .otherwise("95 % of max_pct")
            .help("Clears at or below; 95 % of max_pct by default.")
            .example(1.5)
            .build();
    private static final Threshold WINDOW_MINUTES = Threshold.builder("window_minutes")
            .label("Within")
            .unit("min")
            .range(1, 24 * 60)
            .defaultValue(60)
            .help("The time over which shares are counted.")
            .build();
    private static final Threshold MIN_SHARES = Threshold.builder("min_shares")
            .label("Of at least")
            .unit("shares")
            .range(1, 1e9)
            .defaultValue(50)
            .help("Fewer shares are not judged.")
            .build();
    private static final Reading[] COUNTED = {Reading.ACCEPTED, Reading.REJECTED};

    private final RuleType type;
    private final Threshold maxPct;
    private final Reading counter;
    private final String noun;

    private ShareRatioRule(RuleType type, double defaultMaxPct, Reading counter, String noun) {
        this.type = type;
        this.maxPct = Threshold.builder("max_pct")
                .label("Above")
                .unit("%")
                .range(0.001, 100)
                .defaultValue(defaultMaxPct)
                .help("Raises above.")
                .build();
        this.counter = counter;
        this.noun = noun;
    }

    /** Rejected shares among all shares. */
    public static ShareRatioRule rejects() {
        return new ShareRatioRule(RuleType.REJECT_RATE, 2, Reading.REJECTED, "rejected shares");
    }

    /** Hardware errors among errors and shares. */
    public static ShareRatioRule hardwareErrors() {
        return new ShareRatioRule(RuleType.HW_ERRORS, 5, Reading.HW_ERRORS, "hardware errors");
    }

    @Override
    public RuleType type() {
        return type;
    }

    @Override
    public String label() {
        return noun;
    }

    @Override
    public String summary() {
        return noun + " among all shares above a limit";
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(maxPct, CLEAR_PCT, WINDOW_MINUTES, MIN_SHARES);
    }

    @Override
    public List<ThresholdConstraint> constraints() {
        return List.of(new ThresholdConstraint.AtMost(CLEAR_PCT.name(), maxPct.name()));
    }

    @Override
    public String sentence(AlertRule rule) {
        Sentence sentence = new Sentence(rule);
        return sentence.with("more than", maxPct, " " + noun + " within " + sentence.valueOf(WINDOW_MINUTES))
                .toString();
    }

    @Override
    public Optional<Tuning> tuning(AlertRule rule) {
        return Optional.of(new Tuning(maxPct.name(), 50, 0.25));
    }

    @Override
    public Condition compile(AlertRule rule) {
        double max = maxPct.of(rule);
        return new TooMany(
                max,
                CLEAR_PCT.isSetBy(rule) ? CLEAR_PCT.of(rule) : Limits.below(max),
                WINDOW_MINUTES.of(rule),
                MIN_SHARES.of(rule),
                counter,
                noun);
    }

    @Override
    public List<String> warnings(AlertRule rule, List<Miner> covered) {
        return maxPct.of(rule) < 100 ? List.of() : List.of("This rule never raises: no share is above max_pct 100.");
    }

    private record TooMany(double maxPct, double clearPct, double minutes, double fewest, Reading counter, String noun)
            implements MinerCondition {
        @Override
        public Lookback lookback() {
            return Lookback.minutes(minutes, Reading.ACCEPTED, Reading.REJECTED, Reading.ELAPSED_S)
                    .and(Lookback.minutes(minutes, counter));
        }

        @Override
        public Set<Reading> reads() {
            return lookback().readings();
        }

        @Override
        public Verdict judge(CheckContext check, int row) {
            double pct = pct(check, row);
            if (pct > maxPct) {
                return Verdict.VIOLATED;
            } else if (pct <= clearPct) {
                return Verdict.CLEAR;
            }
            return Double.isNaN(pct) ? Verdict.UNKNOWN : Verdict.BETWEEN;
        }

        @Override
        public Finding describe(CheckContext check, int row) {
            double pct = pct(check, row);
            return new Finding(
                    Limits.number(pct) + " % " + noun + " in " + Limits.number(minutes) + " min, "
                            + (pct > maxPct ? "more than " : "again within ") + Limits.number(maxPct) + " %",
                    Map.of("pct", pct, "max_pct", maxPct, WINDOW_MINUTES.name(), minutes));
        }

        private double pct(CheckContext check, int row) {
            double of = counter == Reading.REJECTED ? 0 : Counters.increase(check, counter, row, minutes);
            for (Reading counted : COUNTED) {
                of += Counters.increase(check, counted, row, minutes);
            }
            return of >= fewest ? 100 * Counters.increase(check, counter, row, minutes) / of : Double.NaN;
        }
    }
}
