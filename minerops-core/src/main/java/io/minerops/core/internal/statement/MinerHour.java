package io.minerops.core.internal.statement;

import io.minerops.api.miner.ProvenWork;
import io.minerops.api.miner.Reading;
import io.minerops.api.store.MetricRollup;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a roll-up of an hour says for the whole time that its samples speak for. An hour's integrals lack the time before
 * its first sample and after its last: where that is no more than two gaps of the mean length, the hour is taken as whole,
 * else as one gap longer, with the mean of the hour.
 *
 * @param rollup the roll-up
 * @param coveredS the time that its samples speak for, s; NaN where neither hashrate nor power says it
 * @param kwh energy, kWh; 0 without a power
 * @param powerShare how many of the samples have a power, 0 to 1
 * @param workTh claimed work, TH; 0 without a hashrate
 * @param proven what accepted shares prove, extended as the others
 * @param rejected rejected shares, of all shares, by difficulty, 0 to 1; NaN where they are not counted
 * @param expectedThs the hashrate that the device expects, TH/s; NaN where it does not say
 */
record MinerHour(
        MetricRollup rollup,
        double coveredS,
        double kwh,
        double powerShare,
        double workTh,
        ProvenWork proven,
        double rejected,
        double expectedThs) {
    static final double SECONDS = 3_600;

    private static final double WH_PER_KWH = 1_000;

    static MinerHour of(MetricRollup rollup) {
        Map<Reading, MetricRollup.Of> readings = rollup.readings();
        MetricRollup.Of rate = readings.get(Reading.HASHRATE_THS);
        MetricRollup.Of power = readings.get(Reading.POWER_W);
        double rateS = rate == null ? Double.NaN : rollup.workTh() / rate.mean();
        double powerS = power == null ? Double.NaN : rollup.energyWh() * SECONDS / power.mean();
        double byRate = rate == null ? Double.NaN : rateS * extension(rateS, rate.count());
        double byPower = power == null ? Double.NaN : powerS * extension(powerS, power.count());
        long samples = rollup.samples();
        MetricRollup.Of expected = readings.get(Reading.EXPECTED_THS);
        return new MinerHour(
                rollup,
                Double.isNaN(byRate) ? byPower : byRate,
                power == null ? 0 : rollup.energyWh() * extension(powerS, power.count()) / WH_PER_KWH,
                power == null ? 0 : Math.min(1, (double) power.count() / samples),
                rate == null ? 0 : rollup.workTh() * extension(rateS, rate.count()),
                extended(rollup.proven(), samples),
                rejected(readings),
                expected == null ? Double.NaN : expected.mean());
    }

    /** By what an integral over a time is multiplied; 1 where the time is not known, for then the integral is 0. */
    private static double extension(double seconds, long count) {
        if (!(seconds > 0 && count > 1)) {
            return 1;
        }
        double gap = seconds / (count - 1);
        // regular polls leave up to one gap at either end of the hour
        return SECONDS - seconds <= 2 * gap ? SECONDS / seconds : (seconds + gap) / seconds;
    }

    private static ProvenWork extended(ProvenWork work, long samples) {
        double factor = extension(work.seconds(), samples);
        return factor == 1
                ? work
                : new ProvenWork(
                        work.seconds() * factor,
                        work.difficultySum() * factor,
                        // of a sum that is an estimate the relative deviation stays
                        work.difficultySquareSum() * factor * factor,
                        work.claimedThs());
    }

    private static double rejected(Map<Reading, MetricRollup.Of> readings) {
        double byDifficulty =
                share(readings.get(Reading.ACCEPTED_DIFFICULTY), readings.get(Reading.REJECTED_DIFFICULTY));
        // stock firmware may report a difficulty of 0 and count the shares all the same
        return byDifficulty >= 0 ? byDifficulty : share(readings.get(Reading.ACCEPTED), readings.get(Reading.REJECTED));
    }

    /** NaN where one is absent or neither counted anything. */
    private static double share(MetricRollup.@Nullable Of accepted, MetricRollup.@Nullable Of rejected) {
        if (accepted == null || rejected == null) {
            return Double.NaN;
        }
        double lost = counted(rejected);
        return lost / (lost + counted(accepted));
    }

    /** What a counter counted in the hour; where it restarted, what it has counted since. */
    private static double counted(MetricRollup.Of counter) {
        return counter.last() >= counter.max() ? counter.max() - counter.min() : counter.last();
    }
}
