package io.minerops.core.backtest;

import io.minerops.api.alert.Baseline;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIndex;
import io.minerops.core.alert.type.Economics;
import io.minerops.core.internal.cost.Loss;
import io.minerops.core.internal.cost.RateReference;
import java.util.Arrays;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What each miner lost between two checks, as for the {@link io.minerops.api.alert.AlertCost cost of an alert}: against its
 * nominal hashrate, else against what the rule has learned of it.
 */
final class LossMeter {
    private static final double MILLIS_PER_SECOND = 1_000;

    private final MinerIndex roster;
    private final double[] usd;
    private boolean known;

    LossMeter(MinerIndex roster) {
        this.roster = roster;
        usd = new double[roster.size()];
    }

    /** Whether the loss of any miner was known at any time. */
    boolean isKnown() {
        return known;
    }

    /** What a miner lost since the check before, USD; 0 where that is not known. */
    double usd(MinerAddress miner) {
        int row = roster.row(miner);
        return row < 0 ? 0 : usd[row];
    }

    /**
     * Measures up to a check.
     *
     * @param millis how long it is since the check before
     * @param answers whether the sample of a row is recent: without one a miner works and draws nothing
     */
    void measure(
            FleetSnapshot snapshot,
            long millis,
            IntPredicate answers,
            Map<MinerAddress, Baseline> learned,
            @Nullable Economics economics) {
        Arrays.fill(usd, 0);
        for (int row = 0; economics != null && row < usd.length; row++) {
            if (snapshot.hasSample(row)) {
                Loss loss = loss(snapshot, row, millis / MILLIS_PER_SECOND, answers.test(row));
                RateReference reference = reference(roster.miner(row), learned);
                double lost = reference == null || loss.observedS() == 0
                        ? Double.NaN
                        : loss.usd(reference, economics.revenueUsdPerThDay(), economics.powerUsdPerKwh(snapshot, row));
                known |= !Double.isNaN(lost);
                usd[row] = Double.isNaN(lost) ? 0 : lost;
            }
        }
    }

    private static @Nullable RateReference reference(Miner miner, Map<MinerAddress, Baseline> learned) {
        Baseline baseline = learned.get(miner.address());
        return RateReference.of(
                miner, new RateReference.Before(baseline == null ? Double.NaN : baseline.meanThs(), Double.NaN));
    }

    private static Loss loss(FleetSnapshot snapshot, int row, double seconds, boolean answers) {
        long since = snapshot.epochMillis(row);
        if (!answers) {
            return new Loss(seconds, 0, 0, 0, since);
        }
        double ths = snapshot.hashrateThs(row);
        double watts = snapshot.powerW(row);
        if (Double.isNaN(ths)) {
            return Loss.NONE;
        }
        boolean powered = !Double.isNaN(watts);
        return new Loss(seconds, ths * seconds, powered ? watts * seconds : 0, powered ? 0 : seconds, since);
    }
}
