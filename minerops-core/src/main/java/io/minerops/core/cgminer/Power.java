package io.minerops.core.cgminer;

/**
 * The electrical power of one device.
 *
 * @param watts NaN where absent
 * @param estimated whether it is a reckoned figure rather than a measured one
 */
record Power(double watts, boolean estimated) {
    /** No power known. */
    static final Power ABSENT = new Power(Double.NaN, false);

    private static final double LEAST_J_PER_TH = 5;
    private static final double MOST_J_PER_TH = 200;
    /** More than any one machine draws, where there is no hash rate to judge by. */
    private static final double MOST_W = 20_000;

    /**
     * A figure that the device gives, absent where it cannot be: 0 and less mean that it does not know, and 5 to 200
     * J/TH is what SHA-256 machines from the S9 on need.
     */
    static Power given(double watts, boolean estimated, double hashrateThs) {
        boolean plausible = hashrateThs > 0
                ? watts >= LEAST_J_PER_TH * hashrateThs && watts <= MOST_J_PER_TH * hashrateThs
                : watts > 0 && watts <= MOST_W;
        return plausible ? new Power(watts, estimated) : ABSENT;
    }

    /** The nominal efficiency times the hash rate; absent where either is, and for a miner that hashes nothing. */
    static Power nominal(double joulesPerTh, double hashrateThs) {
        // what a miner draws at rest is not 0 and not known
        return joulesPerTh > 0 && hashrateThs > 0 ? new Power(joulesPerTh * hashrateThs, true) : ABSENT;
    }

    /** This, or the other where this is absent. */
    Power or(Power other) {
        return Double.isNaN(watts) ? other : this;
    }
}
