package io.minerops.core.internal.job;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.Reading;
import org.jspecify.annotations.Nullable;

/** The power that a miner draws by the efficiency that its owner states. */
final class NominalPower {
    private NominalPower() {}

    /** Where the owner says what a miner needs, that is a better figure than the model's, but never than a measured one. */
    static MetricSample of(MetricSample sample, @Nullable Miner miner) {
        Double nominal = miner == null ? null : miner.nominalEfficiencyJPerTh();
        boolean measured = sample.reading(Reading.POWER_W).isPresent() && !sample.powerEstimated();
        double hashrate = sample.value(Reading.HASHRATE_THS);
        if (nominal == null || measured || !(hashrate > 0)) {
            return sample;
        }
        return sample.toBuilder()
                .set(Reading.POWER_W, nominal * hashrate)
                .powerEstimated(true)
                .build();
    }
}
