package io.minerops.core.alert.internal;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.ProvenWork;
import io.minerops.api.miner.Reading;
import io.minerops.core.alert.type.CheckContext;
import io.minerops.core.alert.type.Condition;
import io.minerops.core.alert.type.Limits;
import io.minerops.core.alert.type.MinerCondition;
import io.minerops.core.alert.type.RecentWork;
import io.minerops.core.alert.type.RuleTypeDefinition;
import io.minerops.core.alert.type.Sentence;
import io.minerops.core.alert.type.Threshold;
import io.minerops.core.alert.type.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Accepted shares prove less than the miner claims: over {@code window_hours} whole hours more than {@code min_unproven_pct} % of
 * the claim is not proven, and that is more than {@code min_deviations} standard deviations of the number of shares. Clears when at
 * most {@value #CLEAR_PCT} % of the first limit is unproven, or less than half of the second remains.
 *
 * <p>A window ends at a multiple of half its length and is not judged where fewer than half of its hours are known. So windows hardly
 * overlap: judged at every check, chance alone would raise far more often than the deviations say.
 */
public final class UnprovenWorkRule implements RuleTypeDefinition {
    private static final double CLEAR_PCT = 80;
    /** How much of a window must be known: half, but for the time before the first sample. */
    private static final double MIN_KNOWN = 0.45;

    private static final double PERCENT = 100;
    private static final double SECONDS_PER_HOUR = 3_600;

    private static final Threshold MIN_UNPROVEN_PCT = Threshold.builder("min_unproven_pct")
            .label("Unproven, more than")
            .unit("%")
            .range(0.1, 99)
            .defaultValue(5)
            .help("Raises where more of the claimed hashrate is unproven.")
            .build();
    private static final Threshold MIN_DEVIATIONS = Threshold.builder("min_deviations")
            .label("By more than")
            .unit("σ")
            .range(1, 20)
            .defaultValue(4)
            .help("Raises where that is more standard deviations of the number of shares.")
            .build();
    private static final Threshold WINDOW_HOURS = Threshold.builder("window_hours")
            .label("Over")
            .unit("h")
            .range(1, 7 * 24)
            .whole()
            .defaultValue(24)
            .help("The window; it moves on by half its length.")
            .build();

    @Override
    public RuleType type() {
        return RuleType.UNPROVEN_WORK;
    }

    @Override
    public String label() {
        return "unproven work";
    }

    @Override
    public String summary() {
        return "accepted shares prove less hashrate than the miner claims";
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(MIN_UNPROVEN_PCT, MIN_DEVIATIONS, WINDOW_HOURS);
    }

    @Override
    public String sentence(AlertRule rule) {
        Sentence sentence = new Sentence(rule);
        return sentence.with("more than", MIN_UNPROVEN_PCT, " of the claimed hashrate unproven over ")
                + sentence.valueOf(WINDOW_HOURS) + ", by " + sentence.valueOf(MIN_DEVIATIONS);
    }

    @Override
    public Optional<Tuning> tuning(AlertRule rule) {
        return Optional.of(new Tuning(MIN_UNPROVEN_PCT.name(), 30, 1));
    }

    @Override
    public Condition compile(AlertRule rule) {
        return new Unproven(MIN_UNPROVEN_PCT.of(rule), MIN_DEVIATIONS.of(rule), (int) WINDOW_HOURS.of(rule));
    }

    private record Unproven(double minPct, double minDeviations, int hours) implements MinerCondition {
        @Override
        public int workHours() {
            return hours + stepHours() + 1;
        }

        @Override
        public Set<Reading> reads() {
            return RecentWork.READINGS;
        }

        private int stepHours() {
            return Math.max(1, hours / 2);
        }

        private long end(CheckContext check) {
            long step = stepHours() * RecentWork.HOUR_MS;
            return Math.floorDiv(check.nowMillis(), step) * step;
        }

        private ProvenWork work(CheckContext check, int row) {
            RecentWork work = check.work();
            long end = end(check);
            return work == null ? ProvenWork.NONE : work.between(row, end - hours * RecentWork.HOUR_MS, end);
        }

        /** The shares of a miner have a mean size, even where none was accepted within the window. */
        private static double deviations(CheckContext check, int row, ProvenWork work) {
            FleetSnapshot latest = check.snapshot();
            return work.deviationsBelowClaim(
                    latest.value(Reading.ACCEPTED_DIFFICULTY, row) / latest.value(Reading.ACCEPTED, row));
        }

        @Override
        public Verdict judge(CheckContext check, int row) {
            ProvenWork work = work(check, row);
            double pct = work.unprovenShare() * PERCENT;
            double deviations = deviations(check, row, work);
            boolean known = work.seconds() >= MIN_KNOWN * hours * SECONDS_PER_HOUR;
            if (!known || Double.isNaN(pct) || Double.isNaN(deviations)) {
                return Verdict.UNKNOWN;
            } else if (pct > minPct && deviations > minDeviations) {
                return Verdict.VIOLATED;
            }
            boolean clear = pct <= minPct * CLEAR_PCT / PERCENT || deviations < minDeviations / 2;
            return clear ? Verdict.CLEAR : Verdict.BETWEEN;
        }

        @Override
        public Finding describe(CheckContext check, int row) {
            ProvenWork work = work(check, row);
            double pct = work.unprovenShare() * PERCENT;
            double deviations = deviations(check, row, work);
            String figures = "Accepted shares prove " + Limits.number(work.provenThs()) + " of "
                    + Limits.number(work.claimedThs()) + " TH/s claimed in the " + hours + " h until "
                    + Instant.ofEpochMilli(end(check));
            boolean unproven = pct > minPct && deviations > minDeviations;
            String judged = unproven
                    ? ": " + Limits.number(pct) + " % unproven, " + Limits.number(deviations)
                            + " σ. A developer's fee, rejected shares or a pool that did not answer can be the cause"
                    : ", again within " + Limits.number(minPct) + " % or " + Limits.number(minDeviations) + " σ";
            return new Finding(
                    figures + judged,
                    Map.of(
                            "proven_ths",
                            work.provenThs(),
                            "claimed_ths",
                            work.claimedThs(),
                            "unproven_pct",
                            pct,
                            "deviations",
                            deviations,
                            MIN_UNPROVEN_PCT.name(),
                            minPct,
                            MIN_DEVIATIONS.name(),
                            minDeviations,
                            WINDOW_HOURS.name(),
                            (double) hours));
        }
    }
}
