package io.minerops.core.certify;

import io.minerops.api.internal.Check;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a miner must do to pass. {@link #builder} starts with the defaults.
 *
 * @param nominalThs the hashrate that was promised, TH/s, above 0
 * @param nominalSource where that figure comes from, 1 to 100 characters
 * @param nominalJPerTh the efficiency that was promised, J/TH, above 0; null where it is not judged
 * @param tolerance by what part the hashrate may be below nominal, and the proven one below the claimed one, 0 to 0.5
 * @param efficiencyTolerance by what part the energy per work may be above nominal, 0 to 0.5
 * @param confidence how sure a pass or a fail by accepted shares must be, 0.5 to 0.99999
 * @param maxTempC the highest temperature that any sensor may show, °C, 0 to 150
 * @param boards how many hash boards must work; null for as many as the device says it has
 * @param chips how many chips must work; null for as many as the device says it has
 * @param maxRestarts how many restarts of the mining process are allowed, 0 or more
 * @param span the time over which the miner must be watched, above 0, at most 3660 days
 * @param interval the time between two polls, 1 s to {@link #MAX_INTERVAL}
 * @param minCovered the least part of the span that must be covered by polls, above 0, at most 1
 * @param minAnswered the least part of the polls that the miner must answer, 0 to 1
 */
public record CertificateCriteria(
        double nominalThs,
        String nominalSource,
        @Nullable Double nominalJPerTh,
        double tolerance,
        double efficiencyTolerance,
        double confidence,
        double maxTempC,
        @Nullable Integer boards,
        @Nullable Integer chips,
        int maxRestarts,
        Duration span,
        Duration interval,
        double minCovered,
        double minAnswered) {
    /** The longest time between two polls: over more than an hour shares prove nothing. */
    public static final Duration MAX_INTERVAL = Duration.ofHours(1);

    private static final int MAX_SOURCE_CHARACTERS = 100;
    private static final double MAX_TOLERANCE = 0.5;
    private static final double MIN_CONFIDENCE = 0.5;
    private static final double MAX_CONFIDENCE = 0.99999;
    private static final double MAX_TEMP_C = 150;
    private static final int MAX_BOARDS = 512;
    private static final int MAX_CHIPS = 20_000;
    private static final int MAX_RESTARTS = 1_000_000;
    private static final double MAX_HOURS = 3_660 * 24;
    private static final double SECONDS_PER_HOUR = 3_600;
    private static final double MILLIS_PER_SECOND = 1_000;

    /** How many intervals may lie between two polls before the time between them counts as not covered. */
    private static final double MAX_GAP_INTERVALS = 2.5;

    /**
     * Checks the figures.
     *
     * @throws io.minerops.api.InvalidArgumentException if one is out of its range, by the names of the command's options
     */
    public CertificateCriteria {
        Check.absentOrPositive("ths", nominalThs);
        Check.text("nominal_source", nominalSource, MAX_SOURCE_CHARACTERS);
        Check.absentOrPositive("jth", nominalJPerTh);
        Check.between("tolerance", tolerance, 0, MAX_TOLERANCE);
        Check.between("jth_tolerance", efficiencyTolerance, 0, MAX_TOLERANCE);
        Check.between("confidence", confidence, MIN_CONFIDENCE, MAX_CONFIDENCE);
        Check.between("max_temp", maxTempC, 0, MAX_TEMP_C);
        if (boards != null) {
            Check.between("boards", boards, 1, MAX_BOARDS);
        }
        if (chips != null) {
            Check.between("chips", chips, 1, MAX_CHIPS);
        }
        Check.between("max_restarts", maxRestarts, 0, MAX_RESTARTS);
        Check.between("hours", (double) Check.positive("hours", span).toSeconds() / SECONDS_PER_HOUR, 0, MAX_HOURS);
        Check.between(
                "interval", (double) interval.toMillis() / MILLIS_PER_SECOND, 1, (double) MAX_INTERVAL.toSeconds());
        Check.between("min_covered", minCovered, 0.01, 1);
        Check.between("min_answered", minAnswered, 0, 1);
    }

    /**
     * Starts with the defaults.
     *
     * @param nominalThs the hashrate that was promised, TH/s, above 0
     * @param source where that figure comes from, such as {@code given}
     * @param span the time over which the miner must be watched
     */
    public static Builder builder(double nominalThs, String source, Duration span) {
        return new Builder(nominalThs, source, span);
    }

    /** The least hashrate, TH/s. */
    public double minThs() {
        return nominalThs * (1 - tolerance);
    }

    /** The longest time between two polls that counts as covered. */
    Duration maxGap() {
        return Duration.ofMillis(Math.round(interval.toMillis() * MAX_GAP_INTERVALS));
    }

    /** The least time that must be covered, s. */
    double minCoveredS() {
        return span.toMillis() / MILLIS_PER_SECOND * minCovered;
    }

    /** Collects what differs from the defaults; not thread-safe. */
    public static final class Builder {
        private final double nominalThs;
        private final String nominalSource;
        private final Duration span;
        private @Nullable Double nominalJPerTh;
        private double tolerance = 0.05;
        private double efficiencyTolerance = 0.1;
        private double confidence = 0.99;
        private double maxTempC = 90;
        private @Nullable Integer boards;
        private @Nullable Integer chips;
        private int maxRestarts;
        private Duration interval = Duration.ofMinutes(1);
        private double minCovered = 0.95;
        private double minAnswered = 0.99;

        private Builder(double nominalThs, String nominalSource, Duration span) {
            this.nominalThs = nominalThs;
            this.nominalSource = nominalSource;
            this.span = span;
        }

        /** The efficiency that was promised, J/TH; default: null, not judged. */
        public Builder nominalJPerTh(@Nullable Double value) {
            nominalJPerTh = value;
            return this;
        }

        /** By what part the hashrate may be below nominal; default: 0.05. */
        public Builder tolerance(double value) {
            tolerance = value;
            return this;
        }

        /** By what part the energy per work may be above nominal; default: 0.1. */
        public Builder efficiencyTolerance(double value) {
            efficiencyTolerance = value;
            return this;
        }

        /** How sure a pass or a fail by accepted shares must be; default: 0.99. */
        public Builder confidence(double value) {
            confidence = value;
            return this;
        }

        /** The highest temperature, °C; default: 90. */
        public Builder maxTempC(double value) {
            maxTempC = value;
            return this;
        }

        /** How many hash boards must work; default: null, as many as the device says it has. */
        public Builder boards(@Nullable Integer value) {
            boards = value;
            return this;
        }

        /** How many chips must work; default: null, as many as the device says it has. */
        public Builder chips(@Nullable Integer value) {
            chips = value;
            return this;
        }

        /** How many restarts are allowed; default: 0. */
        public Builder maxRestarts(int value) {
            maxRestarts = value;
            return this;
        }

        /** The time between two polls; default: 1 min. */
        public Builder interval(Duration value) {
            interval = value;
            return this;
        }

        /** The least part of the span that must be covered; default: 0.95. */
        public Builder minCovered(double value) {
            minCovered = value;
            return this;
        }

        /** The least part of the polls that must be answered; default: 0.99. */
        public Builder minAnswered(double value) {
            minAnswered = value;
            return this;
        }

        /**
         * The criteria.
         *
         * @throws io.minerops.api.InvalidArgumentException if a figure is out of its range
         */
        public CertificateCriteria build() {
            return new CertificateCriteria(
                    nominalThs,
                    nominalSource,
                    nominalJPerTh,
                    tolerance,
                    efficiencyTolerance,
                    confidence,
                    maxTempC,
                    boards,
                    chips,
                    maxRestarts,
                    span,
                    interval,
                    minCovered,
                    minAnswered);
        }
    }
}
