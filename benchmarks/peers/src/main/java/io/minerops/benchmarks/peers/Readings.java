package io.minerops.benchmarks.peers;

import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.Reading;

/** The latest readings of one miner as the mutable bean that rule engines for objects expect. */
public final class Readings {
    private static final double MILLIS_PER_MINUTE = 60_000;

    private final String miner;
    private double ageMinutes;
    private double avgTempC;
    private double hashrateThs;
    private double minFanRpm;
    private double powerW;

    Readings(String miner) {
        this.miner = miner;
    }

    /** Takes over what a row says. */
    void set(FleetSnapshot snapshot, int row, long nowMillis) {
        ageMinutes = (nowMillis - snapshot.epochMillis(row)) / MILLIS_PER_MINUTE;
        avgTempC = snapshot.avgTempC(row);
        hashrateThs = snapshot.hashrateThs(row);
        minFanRpm = snapshot.value(Reading.MIN_FAN_RPM, row);
        powerW = snapshot.powerW(row);
    }

    public String getMiner() {
        return miner;
    }

    public double getAgeMinutes() {
        return ageMinutes;
    }

    public double getAvgTempC() {
        return avgTempC;
    }

    public double getHashrateThs() {
        return hashrateThs;
    }

    public double getMinFanRpm() {
        return minFanRpm;
    }

    public double getPowerW() {
        return powerW;
    }
}
