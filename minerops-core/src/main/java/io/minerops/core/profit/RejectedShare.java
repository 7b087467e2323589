package io.minerops.core.profit;

import io.minerops.api.internal.CompensatedSum;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.Reading;

/** The share of the work that pools rejected, weighted by hashrate, over the miners whose counters say it. */
final class RejectedShare {
    private final CompensatedSum rejected = new CompensatedSum();
    private final CompensatedSum hashrate = new CompensatedSum();
    private int miners;

    /** Adds a row, if its counters say what was rejected since its mining process started. */
    void add(FleetSnapshot snapshot, int row, double hashrateThs) {
        double share = of(snapshot, row);
        if (!Double.isNaN(share)) {
            rejected.add(share * hashrateThs);
            hashrate.add(hashrateThs);
            miners++;
        }
    }

    /** By difficulty where that is counted, else by number of shares; NaN where nothing is counted yet. */
    private static double of(FleetSnapshot snapshot, int row) {
        double byWork = share(snapshot, row, Reading.ACCEPTED_DIFFICULTY, Reading.REJECTED_DIFFICULTY);
        return Double.isNaN(byWork) ? share(snapshot, row, Reading.ACCEPTED, Reading.REJECTED) : byWork;
    }

    private static double share(FleetSnapshot snapshot, int row, Reading accepted, Reading rejected) {
        double paid = snapshot.value(accepted, row);
        double lost = snapshot.value(rejected, row);
        // 0 / 0 is NaN: no share was sent yet
        return paid >= 0 && lost >= 0 ? lost / (paid + lost) : Double.NaN;
    }

    /** How many miners are in it. */
    int miners() {
        return miners;
    }

    /** The share, %, 0 to 100; 0 where no miner counts. */
    double pct() {
        double weight = hashrate.value();
        return weight > 0 ? Math.min(100, rejected.value() / weight * 100) : 0;
    }
}
