package io.minerops.server.certify;

import io.minerops.api.internal.Check;
import io.minerops.core.certify.CertificateCriteria;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a miner must do to pass, as options. */
final class LimitOptions {
    private static final double PERCENT = 100;
    private static final double MAX_TOLERANCE_PCT = 50;
    private static final double MIN_CONFIDENCE_PCT = 50;
    private static final double MAX_CONFIDENCE_PCT = 99.999;
    private static final double MAX_HOURS = 3_660 * 24;
    private static final double MAX_INTERVAL_S = 3_600;
    private static final double MILLIS_PER_SECOND = 1_000;
    private static final double MILLIS_PER_HOUR = 3_600_000;
    private static final double DEFAULT_HOURS = 24;

    @Option(
            names = "--hours",
            paramLabel = "H",
            description = "hours to watch the miner, above 0, at most 87840; default: 24")
    private @Nullable Double hours;

    @Option(
            names = "--ths",
            paramLabel = "TH/S",
            description = "nominal hashrate; default: with --from that of the registry, else the one that the device"
                    + " reports as expected")
    private @Nullable Double ths;

    @Option(
            names = "--jth",
            paramLabel = "J/TH",
            description =
                    "nominal efficiency at the wall; default: that of the registry with --from, else energy is not"
                            + " judged")
    private @Nullable Double jth;

    @Option(
            names = "--tolerance",
            paramLabel = "PCT",
            description = "by how much the hashrate may be below nominal, and the proven one below the reported one;"
                    + " default: 5")
    private @Nullable Double tolerance;

    @Option(
            names = "--jth-tolerance",
            paramLabel = "PCT",
            description = "by how much the energy per work may be above nominal; default: 10")
    private @Nullable Double jthTolerance;

    @Option(
            names = "--confidence",
            paramLabel = "PCT",
            description = "confidence of a pass or a fail by accepted shares, 50 to 99.999; default: 99")
    private @Nullable Double confidence;

    @Option(names = "--max-temp", paramLabel = "C", description = "highest temperature of any sensor; default: 90")
    private @Nullable Double maxTemp;

    @Option(
            names = "--boards",
            paramLabel = "N",
            description = "hash boards that must work; default: as many as the device says it has")
    private @Nullable Integer boards;

    @Option(
            names = "--chips",
            paramLabel = "N",
            description = "chips that must work; default: as many as the device says it has")
    private @Nullable Integer chips;

    @Option(names = "--max-restarts", paramLabel = "N", description = "restarts that are allowed; default: 0")
    private @Nullable Integer maxRestarts;

    @Option(
            names = "--interval",
            paramLabel = "S",
            description = "seconds between two polls, 1 to 3600; default: 60, and POLL_INTERVAL with --from")
    private @Nullable Double interval;

    @Option(
            names = "--min-covered",
            paramLabel = "PCT",
            description = "least part of the hours that polls must cover; default: 95")
    private @Nullable Double minCovered;

    @Option(
            names = "--min-answered",
            paramLabel = "PCT",
            description = "least part of the polls that the miner must answer; default: 99")
    private @Nullable Double minAnswered;

    /** Whether any is given. */
    boolean isAnyGiven() {
        return Stream.of(
                        hours,
                        ths,
                        jth,
                        tolerance,
                        jthTolerance,
                        confidence,
                        maxTemp,
                        boards,
                        chips,
                        maxRestarts,
                        interval,
                        minCovered,
                        minAnswered)
                .anyMatch(Objects::nonNull);
    }

    boolean hasHours() {
        return hours != null;
    }

    @Nullable
    Double ths() {
        return ths;
    }

    @Nullable
    Double jth() {
        return jth;
    }

    /** The hours to watch. */
    Duration span() {
        double value = hours == null ? DEFAULT_HOURS : hours;
        Check.absentOrPositive("hours", value);
        return Duration.ofMillis(
                Math.max(1, Math.round(Check.between("hours", value, 0, MAX_HOURS) * MILLIS_PER_HOUR)));
    }

    /** Checks what can be checked before anything is known of the miner. */
    void check() {
        criteria(ths == null ? 1 : ths, "check", jth, span(), Duration.ofMinutes(1));
    }

    /**
     * The criteria.
     *
     * @param usualInterval the time between two polls where none is given
     * @throws io.minerops.api.InvalidArgumentException if an option is out of its range
     */
    CertificateCriteria criteria(
            double nominalThs, String source, @Nullable Double nominalJPerTh, Duration span, Duration usualInterval) {
        CertificateCriteria.Builder criteria = CertificateCriteria.builder(nominalThs, source, span)
                .nominalJPerTh(nominalJPerTh)
                .boards(boards)
                .chips(chips)
                .interval(
                        interval == null
                                ? usualInterval
                                : Duration.ofMillis(Math.round(
                                        Check.between("interval", interval, 1, MAX_INTERVAL_S) * MILLIS_PER_SECOND)));
        if (tolerance != null) {
            criteria.tolerance(part("tolerance", tolerance, 0, MAX_TOLERANCE_PCT));
        }
        if (jthTolerance != null) {
            criteria.efficiencyTolerance(part("jth-tolerance", jthTolerance, 0, MAX_TOLERANCE_PCT));
        }
        if (confidence != null) {
            criteria.confidence(part("confidence", confidence, MIN_CONFIDENCE_PCT, MAX_CONFIDENCE_PCT));
        }
        if (maxTemp != null) {
            criteria.maxTempC(maxTemp);
        }
        if (maxRestarts != null) {
            criteria.maxRestarts(maxRestarts);
        }
        if (minCovered != null) {
            criteria.minCovered(part("min-covered", minCovered, 1, PERCENT));
        }
        if (minAnswered != null) {
            criteria.minAnswered(part("min-answered", minAnswered, 0, PERCENT));
        }
        return criteria.build();
    }

    private static double part(String option, double percent, double min, double max) {
        return Check.between(option, percent, min, max) / PERCENT;
    }
}
