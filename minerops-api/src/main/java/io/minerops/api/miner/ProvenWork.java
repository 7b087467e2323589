package io.minerops.api.miner;

import io.minerops.api.internal.Check;

/**
 * The hashrate that accepted shares prove over a time, and how sure that is.
 *
 * <ul>
 *   <li>proven hashrate = Σd × 2<sup>32</sup> / time, where d is the difficulty of each accepted share: a share of
 *       difficulty d takes d × 2<sup>32</sup> hashes on average
 *   <li>relative standard deviation = √Σd² / Σd, as shares come as a Poisson process; 1 / √n where all are of one size
 *   <li>deviations from a claim = (claimed − proven) / (claimed × σ), with σ as the claim expects it
 * </ul>
 *
 * <p>Work that is not proven is not fraud: shares of the developer's fee of a firmware are paid elsewhere, shares are lost
 * while a pool does not answer, and rejected shares are work too.
 *
 * @param seconds the time over which shares were counted, s, 0 or more
 * @param difficultySum Σd, the sum of the difficulties of the accepted shares, 0 or more
 * @param difficultySquareSum Σd², 0 or more
 * @param claimedThs the mean hashrate that the miner claimed over the same time, TH/s; NaN where it claimed none
 */
public record ProvenWork(double seconds, double difficultySum, double difficultySquareSum, double claimedThs) {
    /** No time and no share. */
    public static final ProvenWork NONE = new ProvenWork(0, 0, 0, Double.NaN);

    private static final double HASHES_PER_DIFFICULTY = 1L << 32;
    private static final double HASHES_PER_TERAHASH = 1e12;

    public ProvenWork {
        Check.atLeast("seconds", seconds, 0);
        Check.atLeast("difficulty_sum", difficultySum, 0);
        Check.atLeast("difficulty_square_sum", difficultySquareSum, 0);
        if (!Double.isNaN(claimedThs)) {
            Check.atLeast("claimed_ths", claimedThs, 0);
        }
    }

    /**
     * The work that the counters of a row's latest sample prove since the mining process started, all shares taken as of one
     * size, beside the average that the miner claims since then; {@link #NONE} where a counter is absent, or where the
     * difficulty is 0 although shares were accepted.
     */
    public static ProvenWork sinceStart(FleetSnapshot fleet, int row) {
        return sinceStart(
                fleet.value(Reading.ELAPSED_S, row),
                fleet.value(Reading.ACCEPTED_DIFFICULTY, row),
                fleet.value(Reading.ACCEPTED, row),
                fleet.value(Reading.HASHRATE_AVG_THS, row));
    }

    /**
     * The same of counters; NaN stands for one that is absent.
     *
     * @param elapsedS running time, s
     * @param difficulty sum of the difficulties of accepted shares since the start
     * @param accepted number of accepted shares since the start
     * @param averageThs the mean hashrate since the start that the miner claims, TH/s
     */
    public static ProvenWork sinceStart(double elapsedS, double difficulty, double accepted, double averageThs) {
        return elapsedS > 0 && difficulty > 0 && accepted > 0
                ? new ProvenWork(elapsedS, difficulty, difficulty * difficulty / accepted, averageThs)
                : NONE;
    }

    /** The proven hashrate, TH/s; NaN where no time passed. */
    public double provenThs() {
        return seconds == 0 ? Double.NaN : difficultySum * HASHES_PER_DIFFICULTY / seconds / HASHES_PER_TERAHASH;
    }

    /** The relative standard deviation of the proven hashrate, above 0; NaN where no share was accepted. */
    public double relativeDeviation() {
        return difficultySum == 0 ? Double.NaN : Math.sqrt(difficultySquareSum) / difficultySum;
    }

    /** The half-width of the interval of {@code deviations} standard deviations, TH/s; NaN where no share was accepted. */
    public double intervalThs(double deviations) {
        return provenThs() * relativeDeviation() * deviations;
    }

    /** The part of the claim that is not proven, 0.1 for 10 %; negative where more is proven than claimed; NaN without a claim. */
    public double unprovenShare() {
        return claimedThs > 0 ? 1 - provenThs() / claimedThs : Double.NaN;
    }

    /**
     * By how many standard deviations the proven hashrate is below the claim; negative where it is above. The deviation is
     * that of a miner that works as it claims, with shares of the mean size seen here: so a proven hashrate of a lucky or
     * unlucky day does not change its own measure. NaN without a claim or without a share.
     */
    public double deviationsBelowClaim() {
        return deviationsBelowClaim(Double.NaN);
    }

    /**
     * The same where shares are of a known mean size, so that a time without any share has a deviation too.
     *
     * @param usualDifficulty the mean difficulty of the miner's shares, above 0; used where no share was accepted
     */
    public double deviationsBelowClaim(double usualDifficulty) {
        double meanSize = difficultySum == 0 ? usualDifficulty : difficultySquareSum / difficultySum;
        if (!(claimedThs > 0 && meanSize > 0)) {
            return Double.NaN;
        }
        double expectedSum = claimedThs * HASHES_PER_TERAHASH * seconds / HASHES_PER_DIFFICULTY;
        return (expectedSum - difficultySum) / Math.sqrt(expectedSum * meanSize);
    }

    /** This work and another that does not overlap it; a claim holds for the time for which it was made. */
    public ProvenWork plus(ProvenWork other) {
        if (seconds == 0) {
            return other;
        }
        if (other.seconds == 0) {
            return this;
        }
        return new ProvenWork(
                seconds + other.seconds,
                difficultySum + other.difficultySum,
                difficultySquareSum + other.difficultySquareSum,
                (claimedThs * seconds + other.claimedThs * other.seconds) / (seconds + other.seconds));
    }
}
