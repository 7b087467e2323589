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
 * A share of what the miner did in the last {@code window_minutes} above {@code max_pct} %; clears at or below
 * {@code clear_pct}, by default 95 % of it. Counters are followed over restarts, and where fewer than {@code min_shares}
 * were counted nothing is said.
 */
final class ShareRatioRule implements RuleTypeDefinition {
    private static final String MAX_PCT = "max_pct";
    private static final String CLEAR_PCT = "clear_pct";
    private static final String WINDOW_MINUTES = "window_minutes";
    private static final String MIN_SHARES = "min_shares";
    private static final double DEFAULT_WINDOW_MINUTES = 60;
    private static final double DEFAULT_MIN_SHARES = 50;
    private static final double MOST_MINUTES = 24 * 60;
    private static final Reading[] COUNTED = {Reading.ACCEPTED, Reading.REJECTED};

    private final RuleType type;
    private final double defaultMaxPct;
    private final Reading counter;
    private final String noun;

    private ShareRatioRule(RuleType type, double defaultMaxPct, Reading counter, String noun) {
        this.type = type;
        this.defaultMaxPct = defaultMaxPct;
        this.counter = counter;
        this.noun = noun;
    }

    /** Rejected shares among all shares. */
    static ShareRatioRule rejects() {
        return new ShareRatioRule(RuleType.REJECT_RATE, 2, Reading.REJECTED, "rejected shares");
    }

    /** Hardware errors among errors and shares. */
    static ShareRatioRule hardwareErrors() {
        return new ShareRatioRule(RuleType.HW_ERRORS, 5, Reading.HW_ERRORS, "hardware errors");
    }

    @Override
    public RuleType type() {
        return type;
    }

    @Override
    public Set<String> thresholds() {
        return Set.of(MAX_PCT, CLEAR_PCT, WINDOW_MINUTES, MIN_SHARES);
    }

    @Override
    public Optional<Tuning> tuning(AlertRule rule) {
        return Optional.of(new Tuning(MAX_PCT, 50, 0.25));
    }

    @Override
    public Condition compile(AlertRule rule) {
        double max = Limits.get(rule.thresholds(), MAX_PCT, defaultMaxPct, 0.001, 100);
        double clear = Limits.get(rule.thresholds(), CLEAR_PCT, Limits.below(max), 0, 100);
        Limits.require(clear <= max, CLEAR_PCT, "must be at most max_pct (" + max + "), not " + clear);
        return new TooMany(
                max,
                clear,
                Limits.get(rule.thresholds(), WINDOW_MINUTES, DEFAULT_WINDOW_MINUTES, 1, MOST_MINUTES),
                Limits.get(rule.thresholds(), MIN_SHARES, DEFAULT_MIN_SHARES, 1, 1e9),
                counter,
                noun);
    }

    @Override
    public List<String> warnings(AlertRule rule, List<Miner> covered) {
        return rule.thresholds().get(MAX_PCT, defaultMaxPct) < 100
                ? List.of()
                : List.of("This rule never raises: no share is above max_pct 100.");
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
                    Map.of("pct", pct, MAX_PCT, maxPct, WINDOW_MINUTES, minutes));
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
