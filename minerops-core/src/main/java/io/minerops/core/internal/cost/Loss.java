package io.minerops.core.internal.cost;

/**
 * What a miner did over a time in which polls ran. Time in which it did not answer counts as neither working nor drawing
 * power; time of which an answer gave no rate does not count.
 *
 * @param observedS how long that was, s, 0 or more
 * @param workTh its work, TH
 * @param energyJ the energy that it drew, J, without that of {@code unpoweredS}
 * @param unpoweredS the part of {@code observedS} of which its power is not known, s
 * @param since the beginning of the observed time, ms since the epoch
 */
public record Loss(double observedS, double workTh, double energyJ, double unpoweredS, long since) {
    /** Nothing was observed. */
    public static final Loss NONE = new Loss(0, 0, 0, 0, Long.MAX_VALUE);

    private static final double SECONDS_PER_DAY = 86_400;
    private static final double JOULES_PER_KWH = 3.6e6;

    /** The work that was lost against a reference, TH, 0 or more. */
    public double lostTh(RateReference reference) {
        return Math.max(0, reference.ths() * observedS - workTh);
    }

    /** Whether the value of power that was not used is known for the whole time, where work was lost. */
    public boolean isPowerKnown(RateReference reference) {
        return lostTh(reference) == 0 || (unpoweredS == 0 && !Double.isNaN(reference.jPerTh()));
    }

    /**
     * What was lost, USD: the revenue of the lost work less the value of the power that was not used, at most that of the
     * lost work. NaN where power was not used and has no price.
     */
    public double usd(RateReference reference, double revenueUsdPerThDay, double powerUsdPerKwh) {
        double lostTh = lostTh(reference);
        double revenue = lostTh / SECONDS_PER_DAY * revenueUsdPerThDay;
        double unused = unusedJ(reference, lostTh);
        return unused == 0 ? revenue : revenue - unused / JOULES_PER_KWH * powerUsdPerKwh;
    }

    private double unusedJ(RateReference reference, double lostTh) {
        if (Double.isNaN(reference.jPerTh())) {
            return 0;
        }
        double usual = reference.ths() * reference.jPerTh() * (observedS - unpoweredS);
        return Math.max(0, Math.min(usual - energyJ, lostTh * reference.jPerTh()));
    }
}
