package io.minerops.core.curtail;

import java.util.Arrays;

/** Miners whose power had one price in every hour so far: by each strike price they are all stopped, or all run. */
final class StrikeGroup {
    private static final long LONG_AGO = Long.MIN_VALUE / 2;
    private static final double S_PER_HOUR = 3_600;

    /** What power costs them in the present hour, USD/kWh; NaN where that is not known. */
    double usdPerKwh;

    private final double[] strikes;
    private final long minRunHours;
    private final long minStopHours;
    private final double restartHours;

    private final boolean[] stopped;

    /** The hour in which it was started or stopped last. */
    private final long[] since;

    private final StrikeTally[] tallies;
    private long hour;

    private long count;
    private double kwh;
    private double usd;
    private double revenue;

    StrikeGroup(double[] strikes, StrikeTrial trial) {
        this.strikes = strikes;
        minRunHours = (trial.minRun().toSeconds() + 3_599) / 3_600;
        minStopHours = (trial.minStop().toSeconds() + 3_599) / 3_600;
        restartHours = trial.restart().toSeconds() / S_PER_HOUR;
        stopped = new boolean[strikes.length];
        since = new long[strikes.length];
        Arrays.fill(since, LONG_AGO);
        tallies = new StrikeTally[strikes.length];
        Arrays.setAll(tallies, i -> new StrikeTally());
    }

    private StrikeGroup(StrikeGroup from) {
        strikes = from.strikes;
        minRunHours = from.minRunHours;
        minStopHours = from.minStopHours;
        restartHours = from.restartHours;
        stopped = from.stopped.clone();
        since = from.since.clone();
        tallies = new StrikeTally[strikes.length];
        Arrays.setAll(tallies, i -> new StrikeTally());
    }

    /** Another group with the same state, of which nothing is counted yet. */
    StrikeGroup copy() {
        return new StrikeGroup(this);
    }

    /** Begins an hour: by each strike price, whether the miners run in it. */
    void begin(long now) {
        hour = now;
        for (int i = 0; i < strikes.length; i++) {
            boolean stop = usdPerKwh * 1_000 > strikes[i];
            long least = stopped[i] ? minStopHours : minRunHours;
            if (!Double.isNaN(usdPerKwh) && stop != stopped[i] && now - since[i] >= least) {
                stopped[i] = stop;
                since[i] = now;
            }
        }
    }

    /** Counts a miner of the hour. */
    void add(double energyKwh, double energyUsd, double revenueUsd) {
        count++;
        kwh += energyKwh;
        usd += energyUsd;
        revenue += revenueUsd;
    }

    /** Counts a miner, or miners, of the hour by one strike price. */
    void tally(int strike, StrikeTally tally, double energyKwh, double energyUsd, double revenueUsd) {
        tally(strike, tally, 1, energyKwh, energyUsd, revenueUsd);
    }

    private void tally(
            int strike, StrikeTally into, long miners, double energyKwh, double energyUsd, double revenueUsd) {
        if (stopped[strike]) {
            into.stopped(miners, energyKwh, energyUsd, revenueUsd);
        } else if (since[strike] != LONG_AGO) {
            double lost = Math.max(0, Math.min(1, restartHours - (hour - since[strike])));
            if (hour == since[strike] || lost > 0) {
                into.restarted(hour == since[strike] ? miners : 0, lost * revenueUsd);
            }
        }
    }

    /** Ends the hour. */
    void end() {
        for (int i = 0; count > 0 && i < strikes.length; i++) {
            tally(i, tallies[i], count, kwh, usd, revenue);
        }
        count = 0;
        kwh = 0;
        usd = 0;
        revenue = 0;
    }

    Saving saving(int strike) {
        return tallies[strike].saving();
    }
}
