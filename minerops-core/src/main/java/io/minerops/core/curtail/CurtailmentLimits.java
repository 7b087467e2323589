package io.minerops.core.curtail;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a plan must keep to, and what a start and the highest load cost.
 *
 * @param minRun how long a miner runs at least once it was started
 * @param minStop how long a miner stays stopped at least once it was stopped
 * @param restart how long a miner draws its power without hashing after a start
 * @param rampKw the highest change of the load from one interval to the next, kW, above 0; null for no limit
 * @param demandUsdPerKw what a kW of the highest load costs, USD, 0 or more
 * @param peakSoFarKw the highest load of the billing period before the plan, kW, 0 or more: only load above it adds to the
 *     demand charge
 * @param commitments the load that must be kept in parts of the plan
 */
public record CurtailmentLimits(
        Duration minRun,
        Duration minStop,
        Duration restart,
        @Nullable Double rampKw,
        double demandUsdPerKw,
        double peakSoFarKw,
        List<Commitment> commitments) {
    /** No limits and no cost of starts or load. */
    public static final CurtailmentLimits NONE =
            new CurtailmentLimits(Duration.ZERO, Duration.ZERO, Duration.ZERO, null, 0, 0, List.of());

    private static final double MAX_KW = 1e9;
    private static final double MAX_DEMAND_USD_PER_KW = 1e6;

    /**
     * Checks the figures.
     *
     * @throws InvalidArgumentException that names the figure that is out of its range
     */
    public CurtailmentLimits {
        Check.notNegative("min_run", minRun);
        Check.notNegative("min_stop", minStop);
        Check.notNegative("restart", restart);
        if (rampKw != null && !(rampKw > 0 && rampKw <= MAX_KW)) {
            throw new InvalidArgumentException(
                    "ramp_kw", "ramp_kw must be above 0 and at most 1000000000, not " + rampKw);
        }
        Check.between("demand_usd_per_kw", demandUsdPerKw, 0, MAX_DEMAND_USD_PER_KW);
        Check.between("peak_so_far_kw", peakSoFarKw, 0, MAX_KW);
        commitments = List.copyOf(commitments);
    }

    /**
     * A load that must be kept in every interval that overlaps a time.
     *
     * @param from the begin
     * @param until the end, exclusive; after {@code from}
     * @param minKw the least load, kW; 0 for no lower limit
     * @param maxKw the highest load, kW; positive infinity for no upper limit
     */
    public record Commitment(Instant from, Instant until, double minKw, double maxKw) {
        /**
         * Checks the figures.
         *
         * @throws InvalidArgumentException ({@code commitments}) if one is out of its range
         */
        public Commitment {
            if (!from.isBefore(until)) {
                throw new InvalidArgumentException(
                        "commitments", "a commitment must end after its begin (" + from + "), not at " + until);
            }
            if (!(minKw >= 0 && minKw <= MAX_KW && maxKw >= minKw)) {
                throw new InvalidArgumentException(
                        "commitments",
                        "the commitment from " + from + " must have 0 <= min_kw <= max_kw, not " + minKw + " and "
                                + maxKw);
            }
        }
    }

    /** The same with a minimum run and stop time. */
    public CurtailmentLimits withMinimumTimes(Duration run, Duration stop) {
        return new CurtailmentLimits(run, stop, restart, rampKw, demandUsdPerKw, peakSoFarKw, commitments);
    }

    /** The same with a time without hashing after a start. */
    public CurtailmentLimits withRestart(Duration time) {
        return new CurtailmentLimits(minRun, minStop, time, rampKw, demandUsdPerKw, peakSoFarKw, commitments);
    }

    /** The same with a highest change of the load per interval; null for no limit. */
    public CurtailmentLimits withRamp(@Nullable Double kw) {
        return new CurtailmentLimits(minRun, minStop, restart, kw, demandUsdPerKw, peakSoFarKw, commitments);
    }

    /** The same with a demand charge. */
    public CurtailmentLimits withDemand(double usdPerKw, double peakKw) {
        return new CurtailmentLimits(minRun, minStop, restart, rampKw, usdPerKw, peakKw, commitments);
    }

    /** The same with these commitments. */
    public CurtailmentLimits withCommitments(List<Commitment> kept) {
        return new CurtailmentLimits(minRun, minStop, restart, rampKw, demandUsdPerKw, peakSoFarKw, kept);
    }
}
