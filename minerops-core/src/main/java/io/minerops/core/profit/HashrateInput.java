package io.minerops.core.profit;

import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.ProvenWork;
import io.minerops.api.miner.Reading;

/**
 * Which hashrate of a miner counts as what it earns with. A miner that hashes nothing now earns nothing, whatever it did before; and
 * where the chosen figure is not known, the claimed one counts.
 */
public enum HashrateInput {
    /** What it claims now. */
    CLAIMED,
    /** The mean since its mining process started, as it claims. */
    AVERAGE,
    /**
     * What accepted shares prove since its mining process started; known where the standard deviation is at most 5 %, which takes
     * 400 shares of one size.
     */
    PROVEN;

    /** The highest relative standard deviation of a figure that counts as known. */
    private static final double MAX_DEVIATION = 0.05;

    /**
     * The hashrate of a row, TH/s.
     *
     * @param claimedThs what the row claims now, TH/s, 0 or more
     */
    double of(FleetSnapshot snapshot, int row, double claimedThs) {
        if (this == CLAIMED || claimedThs == 0) {
            return claimedThs;
        }
        double chosen = chosen(snapshot, row);
        return Double.isNaN(chosen) ? claimedThs : chosen;
    }

    /** Whether the figure that counts is known of a row, so that it need not count as claimed. */
    boolean isKnown(FleetSnapshot snapshot, int row) {
        return this == CLAIMED || !Double.isNaN(chosen(snapshot, row));
    }

    /** NaN where it is not known. */
    private double chosen(FleetSnapshot snapshot, int row) {
        double chosen = this == AVERAGE ? snapshot.value(Reading.HASHRATE_AVG_THS, row) : proven(snapshot, row);
        return chosen >= 0 && chosen <= FleetProfitability.MAX_MINER_THS ? chosen : Double.NaN;
    }

    private static double proven(FleetSnapshot snapshot, int row) {
        ProvenWork work = ProvenWork.sinceStart(snapshot, row);
        return work.relativeDeviation() <= MAX_DEVIATION ? work.provenThs() : Double.NaN;
    }
}
