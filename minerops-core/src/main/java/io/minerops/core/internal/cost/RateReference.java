package io.minerops.core.internal.cost;

import io.minerops.api.alert.AlertCost;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Reading;
import io.minerops.api.store.HistorySource;
import io.minerops.api.store.MetricRollup;
import io.minerops.api.store.MetricStore;
import io.minerops.api.store.RollupQuery;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a miner would have done without its trouble.
 *
 * @param ths its rate, TH/s, above 0
 * @param jPerTh the energy that its work takes, J/TH, above 0; NaN where that is not known
 * @param basis where the rate is from
 */
public record RateReference(double ths, double jPerTh, AlertCost.Basis basis) {
    /** How long before an alert its miner's mean is taken. */
    public static final Duration BEFORE = Duration.ofDays(7);

    private static final double SECONDS_PER_HOUR = 3_600;

    /** The nominal figures of a miner, else those of the days before; null where neither gives a rate. */
    public static @Nullable RateReference of(Miner miner, Before before) {
        Double efficiency = miner.nominalEfficiencyJPerTh();
        double jPerTh = efficiency == null ? before.jPerTh() : efficiency;
        Double nominal = miner.nominalThs();
        if (nominal != null) {
            return new RateReference(nominal, jPerTh, AlertCost.Basis.NOMINAL);
        }
        return before.ths() > 0 ? new RateReference(before.ths(), jPerTh, AlertCost.Basis.MEAN_BEFORE) : null;
    }

    /**
     * The means of the hours before an alert.
     *
     * @param ths mean of the samples, TH/s; NaN where there was none
     * @param jPerTh energy per work, J/TH; NaN where either was not known
     */
    public record Before(double ths, double jPerTh) {
        /** Those of a miner in the {@link RateReference#BEFORE days before} the hour of a moment. */
        public static Before read(MetricStore metrics, MinerAddress miner, Instant moment) {
            Instant until = moment.truncatedTo(ChronoUnit.HOURS);
            Sums sums = new Sums();
            metrics.rollups(new RollupQuery(miner, HistorySource.HOURLY, until.minus(BEFORE), until), sums::add);
            return sums.mean();
        }
    }

    private static final class Sums {
        private double samples;
        private double ofSamples;
        private double workTh;
        private double energyWh;

        boolean add(MetricRollup hour) {
            MetricRollup.Of rate = hour.readings().get(Reading.HASHRATE_THS);
            if (rate != null) {
                samples += rate.count();
                ofSamples += rate.mean() * rate.count();
            }
            if (hour.workTh() > 0 && hour.energyWh() > 0) {
                workTh += hour.workTh();
                energyWh += hour.energyWh();
            }
            return true;
        }

        Before mean() {
            return new Before(ofSamples / samples, energyWh * SECONDS_PER_HOUR / workTh);
        }
    }
}
