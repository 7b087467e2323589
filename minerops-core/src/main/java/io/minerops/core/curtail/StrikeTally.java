package io.minerops.core.curtail;

/** A {@link Saving} that grows, without an object for each hour. */
final class StrikeTally {
    private long hours;
    private long starts;
    private double kwh;
    private double usd;
    private double revenue;

    void stopped(long minerHours, double energyKwh, double energyUsd, double revenueUsd) {
        hours += minerHours;
        kwh += energyKwh;
        usd += energyUsd;
        revenue += revenueUsd;
    }

    void restarted(long miners, double revenueUsd) {
        starts += miners;
        revenue += revenueUsd;
    }

    Saving saving() {
        return new Saving((double) hours, starts, kwh, usd, revenue);
    }
}
