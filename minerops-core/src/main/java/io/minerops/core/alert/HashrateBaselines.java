package io.minerops.core.alert;

import io.minerops.api.alert.Baseline;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Reading;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What each miner's hashrate should be: its nominal figure, else the mean of the samples it gave while it was healthy.
 * The sample under test is never part of the mean it is held against.
 */
final class HashrateBaselines {
    private @Nullable FleetSnapshot snapshot;
    private Map<MinerAddress, Baseline> learned = Map.of();
    private double[] expected = {};

    HashrateBaselines() {}

    /** Works out what to expect, unless that was done for the same readings and the same baselines. */
    void moveTo(FleetSnapshot latest, RosterIndex roster, Map<MinerAddress, Baseline> baselines) {
        if (latest == snapshot && baselines == learned) {
            return;
        }
        snapshot = latest;
        learned = baselines;
        if (baselines.isEmpty() || roster.withoutNominal().isEmpty()) {
            expected = roster.nominalThs();
            return;
        }
        expected = roster.nominalThs().clone();
        for (int row : roster.withoutNominal().rows()) {
            Baseline baseline = baselines.get(latest.miner(row).address());
            if (baseline != null) {
                boolean underTest = baseline.learnedAt().toEpochMilli() == latest.epochMillis(row);
                expected[row] =
                        underTest ? without(baseline, latest.value(Reading.HASHRATE_THS, row)) : baseline.meanThs();
            }
        }
    }

    /** The expected hashrate of the miner of a row, TH/s; NaN where nothing is known yet. */
    double expectedThs(int row) {
        return expected[row];
    }

    /** The same of all rows; not to be written to. */
    double[] expectedThs() {
        return expected;
    }

    /** The baseline with the row's sample added to it; null where there is nothing to learn from it. */
    static @Nullable Baseline learn(FleetSnapshot snapshot, int row, Map<MinerAddress, Baseline> learned) {
        double hashrate = snapshot.value(Reading.HASHRATE_THS, row);
        if (!(hashrate > 0)) {
            return null;
        }
        Baseline before = learned.get(snapshot.miner(row).address());
        if (before != null && snapshot.epochMillis(row) <= before.learnedAt().toEpochMilli()) {
            return null;
        }
        Instant sampledAt = Instant.ofEpochMilli(snapshot.epochMillis(row));
        if (before == null) {
            return new Baseline(1, hashrate, sampledAt);
        }
        long samples = before.samples() + 1;
        return new Baseline(samples, before.meanThs() + (hashrate - before.meanThs()) / samples, sampledAt);
    }

    private static double without(Baseline baseline, double hashrateThs) {
        double samples = baseline.samples();
        return samples == 1 ? Double.NaN : (baseline.meanThs() * samples - hashrateThs) / (samples - 1);
    }
}
