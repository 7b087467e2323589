package io.minerops.core.alert.internal;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.Reading;
import io.minerops.core.alert.type.CheckContext;
import io.minerops.core.alert.type.Condition;
import io.minerops.core.alert.type.FleetCondition;
import io.minerops.core.alert.type.Limits;
import io.minerops.core.alert.type.Rows;
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
import java.util.TreeMap;

/**
 * Of the miners in the rule's scope, more than {@code max_offline} or more than {@code max_offline_pct} % have said
 * nothing for {@code max_age_minutes}, or all together hash less than {@code min_total_ths}: one alert for all of them.
 * A miner that is offline adds nothing to the total, whatever it said last. Clears 5 % inside the limits; what a
 * living miner does not say may be anything, so a total is too low only if all of them say what they hash.
 */
public final class FleetRule implements RuleTypeDefinition {
    private static final Threshold MAX_OFFLINE = Threshold.builder("max_offline")
            .label("More offline than")
            .unit("miners")
            .range(0, 1e7)
            .otherwise("no limit")
            .help("Raises where more are offline.")
            .example(5)
            .build();
    private static final Threshold MAX_OFFLINE_PCT = Threshold.builder("max_offline_pct")
            .label("More offline than")
            .unit("% of the miners")
            .range(0, 100)
            .belowMax()
            .otherwise("no limit")
            .help("Raises where more are offline; below 100.")
            .example(10)
            .build();
    private static final Threshold MIN_TOTAL_THS = Threshold.builder("min_total_ths")
            .label("All together below")
            .unit("TH/s")
            .range(1e-9, 1e12)
            .otherwise("no limit")
            .help("Raises where all together hash less.")
            .example(4_000)
            .build();
    private static final Threshold MAX_AGE_MINUTES = Threshold.builder("max_age_minutes")
            .label("Offline after")
            .unit("min")
            .range(0.001, 366 * 24 * 60)
            .defaultValue(10)
            .help("The oldest that the latest sample of a miner may be that is not offline.")
            .build();
    private static final double MILLIS_PER_MINUTE = 60_000;

    @Override
    public RuleType type() {
        return RuleType.FLEET;
    }

    @Override
    public String label() {
        return "fleet";
    }

    @Override
    public String summary() {
        return "too many miners of the scope offline, or too little hashrate of all together; one alert without a miner";
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(MAX_OFFLINE, MAX_OFFLINE_PCT, MIN_TOTAL_THS, MAX_AGE_MINUTES);
    }

    @Override
    public List<ThresholdConstraint> constraints() {
        return List.of(new ThresholdConstraint.AnyOf(
                List.of(MAX_OFFLINE.name(), MAX_OFFLINE_PCT.name(), MIN_TOTAL_THS.name())));
    }

    @Override
    public String sentence(AlertRule rule) {
        return new Sentence(rule)
                .ifSet("offline more than", MAX_OFFLINE)
                .ifSet("offline more than", MAX_OFFLINE_PCT)
                .ifSet("in total less than", MIN_TOTAL_THS)
                .toString();
    }

    @Override
    public Optional<Tuning> tuning(AlertRule rule) {
        return MAX_OFFLINE_PCT.isSetBy(rule)
                ? Optional.of(new Tuning(MAX_OFFLINE_PCT.name(), 99, 0))
                : MAX_OFFLINE.isSetBy(rule)
                        ? Optional.of(new Tuning(MAX_OFFLINE.name(), 10 * MAX_OFFLINE.of(rule) + 10, 0))
                        : Optional.empty();
    }

    @Override
    public Condition compile(AlertRule rule) {
        return new TooFew(
                MAX_OFFLINE.of(rule),
                MAX_OFFLINE_PCT.of(rule),
                MIN_TOTAL_THS.of(rule),
                MAX_AGE_MINUTES.of(rule) * MILLIS_PER_MINUTE);
    }

    @Override
    public List<String> warnings(AlertRule rule, List<Miner> covered) {
        double offline = MAX_OFFLINE.of(rule);
        boolean others = MAX_OFFLINE_PCT.isSetBy(rule) || MIN_TOTAL_THS.isSetBy(rule);
        return offline < covered.size() || others || Double.isNaN(offline)
                ? List.of()
                : List.of(
                        "This rule never raises: it covers " + covered.size() + " miners, and no more than max_offline "
                                + Limits.number(offline) + " of them can be offline.");
    }

    private record TooFew(double maxOffline, double maxOfflinePct, double minTotalThs, double maxAgeMillis)
            implements FleetCondition {
        @Override
        public Set<Reading> reads() {
            return Double.isNaN(minTotalThs) ? Set.of() : Set.of(Reading.HASHRATE_THS);
        }

        @Override
        public Verdict judge(CheckContext check, Rows rows) {
            Count count = count(check, rows);
            if (count.miners == 0) {
                return Verdict.UNKNOWN;
            } else if (count.silent > maxOffline
                    || count.pct(count.silent) > maxOfflinePct
                    || (count.mute == 0 && count.totalThs < minTotalThs)) {
                return Verdict.VIOLATED;
            } else if (count.mute > 0 && count.totalThs < Limits.above(minTotalThs)) {
                return Verdict.UNKNOWN;
            }
            // miners not seen without polls may still be offline: that raises nothing, and clears nothing
            boolean clear = (Double.isNaN(maxOffline) || count.unseen <= Math.floor(Limits.below(maxOffline)))
                    && (Double.isNaN(maxOfflinePct) || count.pct(count.unseen) <= Limits.below(maxOfflinePct))
                    && (Double.isNaN(minTotalThs) || count.totalThs >= Limits.above(minTotalThs));
            return clear ? Verdict.CLEAR : Verdict.BETWEEN;
        }

        @Override
        public Finding describe(CheckContext check, Rows rows) {
            Count count = count(check, rows);
            Map<String, Double> details = new TreeMap<>();
            details.put("miners", (double) count.miners);
            details.put("offline", (double) count.silent);
            StringBuilder message = new StringBuilder()
                    .append(count.silent)
                    .append(" of ")
                    .append(count.miners)
                    .append(" miners are offline");
            if (count.silent > maxOffline) {
                message.append(", more than ").append(Limits.number(maxOffline));
            } else if (count.pct(count.silent) > maxOfflinePct) {
                message.append(", more than ")
                        .append(Limits.number(maxOfflinePct))
                        .append(" %");
            }
            if (!Double.isNaN(minTotalThs)) {
                details.put("total_ths", count.totalThs);
                details.put(MIN_TOTAL_THS.name(), minTotalThs);
                message.append(", ").append(Limits.number(count.totalThs)).append(" TH/s in total");
                if (count.totalThs < minTotalThs) {
                    message.append(", less than ")
                            .append(Limits.number(minTotalThs))
                            .append(" TH/s");
                }
            }
            return new Finding(message.toString(), details);
        }

        private Count count(CheckContext check, Rows rows) {
            FleetSnapshot snapshot = check.snapshot();
            int silent = 0;
            int unseen = 0;
            int mute = 0;
            double total = 0;
            for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
                boolean isSilent = OfflineRule.isSilent(check, row, maxAgeMillis);
                boolean isUnseen =
                        !snapshot.hasSample(row) || check.nowMillis() - snapshot.epochMillis(row) > maxAgeMillis;
                // times in the future are ignored
                boolean isBelieved = !isUnseen && snapshot.epochMillis(row) <= check.nowMillis();
                double hashrate = isBelieved ? snapshot.value(Reading.HASHRATE_THS, row) : Double.NaN;
                boolean says = !Double.isNaN(hashrate);
                silent += isSilent ? 1 : 0;
                unseen += isUnseen ? 1 : 0;
                mute += isSilent || says ? 0 : 1;
                total += says ? hashrate : 0;
            }
            return new Count(rows.count(), silent, unseen, mute, total);
        }
    }

    /**
     * What the miners of a scope come to.
     *
     * @param silent those that are offline
     * @param unseen those without a young sample, whether or not anybody looked
     * @param mute those that are not offline and whose hashrate is not known
     * @param totalThs what the others hash, TH/s
     */
    private record Count(int miners, int silent, int unseen, int mute, double totalThs) {
        double pct(int some) {
            return 100.0 * some / miners;
        }
    }
}
