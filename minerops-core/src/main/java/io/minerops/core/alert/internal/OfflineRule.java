package io.minerops.core.alert.internal;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.Reading;
import io.minerops.core.alert.type.CheckContext;
import io.minerops.core.alert.type.ColumnScan;
import io.minerops.core.alert.type.Condition;
import io.minerops.core.alert.type.Limits;
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
 * No sample for longer than {@code max_age_minutes}. A miner that never answered counts from its registration. Time in
 * which no polls ran is not absence, so the age counts from the beginning of observation where that is later, and from
 * the last poll at which this machine could not read the miner; an open alert clears only by a sample that is young
 * enough.
 */
public final class OfflineRule implements RuleTypeDefinition {
    public static final Threshold MAX_AGE_MINUTES = Threshold.builder("max_age_minutes")
            .label("No sample for")
            .unit("min")
            .range(0.001, 366 * 24 * 60)
            .defaultValue(10)
            .help("The oldest that the latest sample may be.")
            .build();
    private static final double LONG_MINUTES = 24 * 60;
    private static final double MILLIS_PER_MINUTE = 60_000;

    @Override
    public RuleType type() {
        return RuleType.OFFLINE;
    }

    @Override
    public String label() {
        return "offline";
    }

    @Override
    public String summary() {
        return "no answer for too long";
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(MAX_AGE_MINUTES);
    }

    @Override
    public String sentence(AlertRule rule) {
        return new Sentence(rule)
                .with("no sample for more than", MAX_AGE_MINUTES)
                .toString();
    }

    @Override
    public boolean inhibitsOthers() {
        return true;
    }

    @Override
    public Optional<Tuning> tuning(AlertRule rule) {
        return Optional.of(new Tuning(MAX_AGE_MINUTES.name(), 240, 2));
    }

    @Override
    public Condition compile(AlertRule rule) {
        return new Offline(MAX_AGE_MINUTES.of(rule));
    }

    @Override
    public List<String> warnings(AlertRule rule, List<Miner> covered) {
        double unseen = MAX_AGE_MINUTES.of(rule) + RuleTimes.FOR_MINUTES.of(rule);
        return unseen <= LONG_MINUTES
                ? List.of()
                : List.of("A miner is reported offline only after " + Limits.number(unseen / 60)
                        + " h without an answer (max_age_minutes and for_minutes together).");
    }

    /** Whether a miner has not responded for more than so many ms of polling. */
    static boolean isSilent(CheckContext check, int row, double maxAgeMillis) {
        long countedFrom = Math.max(lastSign(check.snapshot(), row), check.observedSinceMillis(row));
        return check.nowMillis() - countedFrom > maxAgeMillis;
    }

    private static long lastSign(FleetSnapshot snapshot, int row) {
        return snapshot.hasSample(row)
                ? snapshot.epochMillis(row)
                : snapshot.miner(row).registeredAt().toEpochMilli();
    }

    private record Offline(double maxAgeMinutes) implements MinerCondition {
        @Override
        public Set<Reading> reads() {
            return Set.of();
        }

        @Override
        public Verdict judge(CheckContext check, int row) {
            double maxAgeMillis = maxAgeMinutes * MILLIS_PER_MINUTE;
            FleetSnapshot snapshot = check.snapshot();
            if (snapshot.hasSample(row) && check.nowMillis() - snapshot.epochMillis(row) <= maxAgeMillis) {
                return Verdict.CLEAR;
            }
            return isSilent(check, row, maxAgeMillis) ? Verdict.VIOLATED : Verdict.BETWEEN;
        }

        @Override
        public void scan(CheckContext check, int from, int to, long[] found) {
            long youngEnough = (long) Math.ceil(check.nowMillis() - maxAgeMinutes * MILLIS_PER_MINUTE);
            ColumnScan.before(check.snapshot(), youngEnough, from, to, found);
        }

        @Override
        public Finding describe(CheckContext check, int row) {
            FleetSnapshot snapshot = check.snapshot();
            double ageMinutes = (check.nowMillis() - lastSign(snapshot, row)) / MILLIS_PER_MINUTE;
            String message = (snapshot.hasSample(row) ? "No answer for " : "Never answered since it was registered ")
                    + Limits.number(ageMinutes)
                    + (snapshot.hasSample(row) ? " min (limit " : " min ago (limit ")
                    + Limits.number(maxAgeMinutes)
                    + " min)";
            if (snapshot.hasSample(row) && ageMinutes <= maxAgeMinutes) {
                message = "Answers again";
            }
            return new Finding(message, Map.of("age_minutes", ageMinutes, MAX_AGE_MINUTES.name(), maxAgeMinutes));
        }
    }
}
