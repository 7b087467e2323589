package io.minerops.core.device.internal.normalise;

/**
 * The electrical power of one device.
 *
 * @param watts NaN where absent
 * @param estimated whether it is a calculated figure rather than a measured one
 * @param implausibleWatts what the device said and cannot be; NaN where there is no such figure
 */
public record Power(double watts, boolean estimated, double implausibleWatts) {
    /** No power known. */
    public static final Power ABSENT = new Power(Double.NaN, false, Double.NaN);

    private static final double MIN_J_PER_TH = 5;
    private static final double MAX_J_PER_TH = 200;

    /**
     * A figure that the device gives, absent where it cannot be: 0 and less mean that it does not know, and 5 to 200
     * J/TH is what SHA-256 machines from the S9 on need.
     */
    public static Power given(double watts, boolean estimated, double hashrateThs) {
        return given(watts, estimated, hashrateThs, MIN_J_PER_TH);
    }

    /** The same for machines that may need less than usual. */
    public static Power given(double watts, boolean estimated, double hashrateThs, double minJoulesPerTh) {
        if (!(watts > 0)) {
            return ABSENT;
        }
        boolean plausible = hashrateThs > 0
                ? watts >= minJoulesPerTh * hashrateThs && watts <= MAX_J_PER_TH * hashrateThs
                : watts <= Plausible.MAX_W;
        return plausible ? of(watts, estimated) : new Power(Double.NaN, false, watts);
    }

    /**
     * A figure that a small device measures itself, absent where it is 0 or less or more than such a device can draw. Its
     * rate climbs from nothing after each start, so that watts per TH/s say nothing there.
     */
    public static Power measured(double watts, double most) {
        if (!(watts > 0)) {
            return ABSENT;
        }
        return watts <= most ? of(watts, false) : new Power(Double.NaN, false, watts);
    }

    /** The nominal efficiency times the hashrate; absent where either is, and for a miner that hashes nothing. */
    public static Power nominal(double joulesPerTh, double hashrateThs) {
        // what a miner draws at rest is not 0 and not known
        return joulesPerTh > 0 && hashrateThs > 0 ? of(joulesPerTh * hashrateThs, true) : ABSENT;
    }

    /** A power that is known. */
    static Power of(double watts, boolean estimated) {
        return new Power(watts, estimated, Double.NaN);
    }

    /** This, or the other where this is absent; what this said that cannot be is kept. */
    public Power or(Power other) {
        if (!Double.isNaN(watts)) {
            return this;
        }
        return Double.isNaN(implausibleWatts) ? other : new Power(other.watts, other.estimated, implausibleWatts);
    }
}
