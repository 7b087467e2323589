package io.minerops.core.alert.internal;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.miner.Reading;
import io.minerops.core.alert.type.CheckContext;
import io.minerops.core.alert.type.Condition;
import io.minerops.core.alert.type.Limits;
import io.minerops.core.alert.type.Lookback;
import io.minerops.core.alert.type.MinerCondition;
import io.minerops.core.alert.type.RecentReadings;
import io.minerops.core.alert.type.RuleTypeDefinition;
import io.minerops.core.alert.type.RuleTypeDefinition.Tuning;
import io.minerops.core.alert.type.Spread;
import io.minerops.core.alert.type.Threshold;
import io.minerops.core.alert.type.ThresholdConstraint;
import io.minerops.core.alert.type.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A reading far from what the miner itself has said in the last {@code window_minutes} and from what miners of its
 * model say now: farther from both than the threshold of its name in robust standard deviations, {@code hashrate_ths:
 * -4} for far too low. Where fewer than five miners of the model are known, its own past decides alone. Clears when it
 * is back to 95 % of that from either.
 */
public final class AnomalyRule implements RuleTypeDefinition {
    private static final String DEVIATIONS = "robust standard deviations";
    private static final Threshold WINDOW_MINUTES = Threshold.builder("window_minutes")
            .label("Own past")
            .unit("min")
            .range(1, 24 * 60)
            .defaultValue(60)
            .help("The period of the miner's own past that it is compared with.")
            .build();
    private static final List<Threshold> READINGS = ChosenReading.thresholds(
            "off by", DEVIATIONS, "How far it is off: above 0 for too high, below 0 for too low.");
    private static final double CLEARS_AT = Limits.below(1);
    /** Fewer earlier values say nothing of what is usual. */
    private static final int FEWEST = 10;

    @Override
    public RuleType type() {
        return RuleType.ANOMALY;
    }

    @Override
    public String label() {
        return "anomaly";
    }

    @Override
    public String summary() {
        return "a reading many robust standard deviations from the miner's own past and from its model's peers, such as hashrate_ths -4";
    }

    @Override
    public List<Threshold> thresholds() {
        return Stream.concat(READINGS.stream(), Stream.of(WINDOW_MINUTES)).toList();
    }

    @Override
    public List<ThresholdConstraint> constraints() {
        return List.of(ChosenReading.exactlyOne());
    }

    @Override
    public String sentence(AlertRule rule) {
        ChosenReading chosen = ChosenReading.of(rule);
        return chosen.reading().key() + " off by " + Limits.number(chosen.limit())
                + " deviations from its past and its peers";
    }

    @Override
    public Optional<Tuning> tuning(AlertRule rule) {
        return ChosenReading.of(rule).tuning();
    }

    @Override
    public Condition compile(AlertRule rule) {
        return new Odd(ChosenReading.of(rule), WINDOW_MINUTES.of(rule));
    }

    private record Odd(ChosenReading chosen, double minutes) implements MinerCondition {
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
            double value = check.snapshot().value(chosen.reading(), row);
            Spread peers = check.spreadOfModel(chosen.reading(), row);
            double fromPeers = peers == null ? Double.POSITIVE_INFINITY : chosen.share(peers.score(value));
            if (fromPeers <= CLEARS_AT) {
                return Verdict.CLEAR;
            }
            Spread past = past(check, row);
            double share = past == null ? Double.NaN : Math.min(fromPeers, chosen.share(past.score(value)));
            if (share >= 1) {
                return Verdict.VIOLATED;
            }
            return Double.isNaN(share) ? Verdict.UNKNOWN : share <= CLEARS_AT ? Verdict.CLEAR : Verdict.BETWEEN;
        }

        @Override
        public Finding describe(CheckContext check, int row) {
            double value = check.snapshot().value(chosen.reading(), row);
            String name = chosen.reading().key();
            Map<String, Double> details = new TreeMap<>(Map.of(name, value, "limit", chosen.limit()));
            StringBuilder message = new StringBuilder(name + " of " + Limits.number(value));
            Spread past = past(check, row);
            if (past != null) {
                details.put("own_median", past.median());
                details.put("own_score", past.score(value));
                message.append(", usually ").append(Limits.number(past.median()));
            }
            Spread peers = check.spreadOfModel(chosen.reading(), row);
            if (peers != null) {
                details.put("peer_median", peers.median());
                details.put("peer_score", peers.score(value));
                message.append(", ").append(Limits.number(peers.median())).append(" for its model");
            }
            return new Finding(message.toString(), details);
        }

        /** What the miner said before its latest answer; null where that is too little. */
        private @Nullable Spread past(CheckContext check, int row) {
            RecentReadings recent = check.recent();
            if (recent == null) {
                return null;
            }
            int first = Counters.first(check, recent, minutes);
            int last = recent.firstSince(check.snapshot().epochMillis(row));
            double[] values = new double[Math.max(0, last - first)];
            int count = 0;
            for (int poll = first; poll < last; poll++) {
                double value = recent.value(chosen.reading(), poll, row);
                if (!Double.isNaN(value)) {
                    values[count++] = value;
                }
            }
            return count < FEWEST ? null : Spread.of(values, count);
        }
    }
}
