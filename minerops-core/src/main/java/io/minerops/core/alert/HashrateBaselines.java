package io.minerops.core.alert;

import io.minerops.api.alert.Baseline;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Reading;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What each miner's hash rate should be: its nominal figure, else the mean of the samples it gave while it was healthy.
 * The sample under test is never part of the mean it is held against.
 */
public final class HashrateBaselines {
    private final FleetSnapshot snapshot;
    private final Map<MinerAddress, Baseline> learned;

    HashrateBaselines(FleetSnapshot snapshot, Map<MinerAddress, Baseline> learned) {
        this.snapshot = snapshot;
        this.learned = learned;
    }

    /** The expected hash rate of the miner of a row, TH/s; NaN where nothing is known yet. */
    public double expectedThs(int row) {
        Double nominal = snapshot.miner(row).nominalThs();
        if (nominal != null) {
            return nominal;
        }
        Baseline baseline = learned.get(snapshot.miner(row).address());
        if (baseline == null) {
            return Double.NaN;
        }
        return isUnderTest(baseline, row) ? without(baseline, row) : baseline.meanThs();
    }

    /** The baseline with the row's sample added to it; null where there is nothing to learn from it. */
    @Nullable
    Baseline learn(int row) {
        double hashrate = snapshot.value(Reading.HASHRATE_THS, row);
        if (!(hashrate > 0) || snapshot.miner(row).nominalThs() != null) {
            return null;
        }
        Instant sampledAt = Instant.ofEpochMilli(snapshot.epochMillis(row));
        Baseline before = learned.get(snapshot.miner(row).address());
        if (before == null) {
            return new Baseline(1, hashrate, sampledAt);
        } else if (!sampledAt.isAfter(before.learnedAt())) {
            return null;
        }
        long samples = before.samples() + 1;
        return new Baseline(samples, before.meanThs() + (hashrate - before.meanThs()) / samples, sampledAt);
    }

    private boolean isUnderTest(Baseline baseline, int row) {
        return baseline.learnedAt().toEpochMilli() == snapshot.epochMillis(row);
    }

    private double without(Baseline baseline, int row) {
        double samples = baseline.samples();
        return samples == 1
                ? Double.NaN
                : (baseline.meanThs() * samples - snapshot.value(Reading.HASHRATE_THS, row)) / (samples - 1);
    }
}
