package io.minerops.core.internal.statement;

import io.minerops.api.miner.ProvenWork;
import io.minerops.api.miner.Reading;
import io.minerops.api.store.MetricRollup;
import io.minerops.core.work.Uptime;

/**
 * What a roll-up of an hour says for the whole time that its samples speak for. An hour's integrals lack the time before
 * its first sample and after its last: where that is no more than two gaps of the mean length, the hour is taken as whole,
 * else as one gap longer, with the mean of the hour.
 *
 * @param rollups the roll-ups of the hour
 * @param row that of the miner
 * @param samples how many samples it has, at least
 * @param coveredS the time that its samples speak for, s; NaN where neither hashrate nor power says it
 * @param kwh energy, kWh; 0 without a power
 * @param powerShare how many of the samples have a power, 0 to 1
 * @param workTh claimed work, TH; 0 without a hashrate
 * @param proven what accepted shares prove, extended as the others
 * @param rejected rejected shares, of all shares, by difficulty, 0 to 1; NaN where they are not counted
 * @param expectedThs the hashrate that the device expects, TH/s; NaN where it does not say
 */
record MinerHour(
        MetricRollup.Columns rollups,
        int row,
        long samples,
        double coveredS,
        double kwh,
        double powerShare,
        double workTh,
        ProvenWork proven,
        double rejected,
        double expectedThs) {
    static final double SECONDS = 3_600;

    private static final double WH_PER_KWH = 1_000;

    static MinerHour of(MetricRollup.Columns rollups, int row) {
        long rates = rollups.count(Reading.HASHRATE_THS, row);
        long powers = rollups.count(Reading.POWER_W, row);
        double workTh = rates == 0 ? 0 : rollups.workTh(row);
        double energyWh = powers == 0 ? 0 : rollups.energyWh(row);
        double rateS = workTh / rollups.value(Reading.HASHRATE_THS, MetricRollup.Stat.MEAN, row);
        double powerS = energyWh * SECONDS / rollups.value(Reading.POWER_W, MetricRollup.Stat.MEAN, row);
        double byRate = rateS * extension(rateS, rates);
        double byPower = powerS * extension(powerS, powers);
        long samples = rollups.samples(row);
        return new MinerHour(
                rollups,
                row,
                samples,
                Double.isNaN(byRate) ? byPower : byRate,
                energyWh * extension(powerS, powers) / WH_PER_KWH,
                Math.min(1, (double) powers / samples),
                workTh * extension(rateS, rates),
                extended(rollups.proven(row), samples),
                rejected(rollups, row),
                rollups.value(Reading.EXPECTED_THS, MetricRollup.Stat.MEAN, row));
    }

    Uptime time(double covered, double polledS) {
        return Uptime.ofRollup(rollups, row, covered, polledS, SECONDS);
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

    private static double rejected(MetricRollup.Columns rollups, int row) {
        double byDifficulty = share(rollups, row, Reading.ACCEPTED_DIFFICULTY, Reading.REJECTED_DIFFICULTY);
        // stock firmware may report a difficulty of 0 and count the shares all the same
        return byDifficulty >= 0 ? byDifficulty : share(rollups, row, Reading.ACCEPTED, Reading.REJECTED);
    }

    /** NaN where one is absent or neither counted anything. */
    private static double share(MetricRollup.Columns rollups, int row, Reading accepted, Reading rejected) {
        double lost = counted(rollups, row, rejected);
        return lost / (lost + counted(rollups, row, accepted));
    }

    /** What a counter counted in the hour; where it restarted, what it has counted since; NaN where it is absent. */
    private static double counted(MetricRollup.Columns rollups, int row, Reading counter) {
        double last = rollups.value(counter, MetricRollup.Stat.LAST, row);
        double max = rollups.value(counter, MetricRollup.Stat.MAX, row);
        return last >= max ? max - rollups.value(counter, MetricRollup.Stat.MIN, row) : last;
    }
}
