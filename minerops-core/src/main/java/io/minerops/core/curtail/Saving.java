package io.minerops.core.curtail;

/**
 * What it brings not to run, against running all the time. Not rounded.
 *
 * @param stoppedHours how long miners are stopped, miner-hours
 * @param starts how often a miner is started again
 * @param energyKwh the energy that is not drawn, kWh
 * @param energyUsd what that energy would have cost, USD; negative where power has a negative price
 * @param revenueUsd what is not earned, USD, that of the time after starts included
 */
public record Saving(double stoppedHours, long starts, double energyKwh, double energyUsd, double revenueUsd) {
    /** Nothing stopped. */
    public static final Saving NONE = new Saving(0, 0, 0, 0, 0);

    /** What is gained: the energy not bought less the revenue not earned, USD. */
    public double netUsd() {
        return energyUsd - revenueUsd;
    }

    /** The sum of two. */
    public Saving plus(Saving other) {
        return new Saving(
                stoppedHours + other.stoppedHours,
                starts + other.starts,
                energyKwh + other.energyKwh,
                energyUsd + other.energyUsd,
                revenueUsd + other.revenueUsd);
    }
}
