package io.minerops.core.work;

import io.minerops.api.internal.Check;
import io.minerops.api.miner.Miner;
import io.minerops.api.store.MetricRollup;
import io.minerops.api.store.MetricStore;
import java.time.Duration;
import java.time.Instant;

/**
 * How one miner spent a span of time, and both common definitions of uptime:
 *
 * <ul>
 *   <li>{@link #uptime}: mining, of the time in which it should have been: without the time for which an operator or a
 *       schedule stopped it
 *   <li>{@link #availability}: mining, of all the time
 * </ul>
 *
 * <p>Time of which nothing is known counts in neither. A sample holds until the miner's next one, or until it is so old that
 * the miner counts as offline.
 *
 * @param miningS time in which it hashed, s, 0 or more like all of these
 * @param stoppedS time in which it was paused or asleep, s
 * @param downS time in which it answered and did not hash: idle, starting or tuning without a rate, stopped by a fault, s
 * @param offlineS time in which it did not answer although polls ran, s
 * @param unknownS time in which it answered and reported neither a rate nor what it was doing, s
 * @param unobservedS time without polls, or before the miner was known, s
 * @param estimatedS how much of all of these follows from counts of samples of whole days, because the samples are no longer
 *     stored, s
 */
public record Uptime(
        double miningS,
        double stoppedS,
        double downS,
        double offlineS,
        double unknownS,
        double unobservedS,
        double estimatedS) {
    /** No time at all. */
    public static final Uptime NONE = new Uptime(0, 0, 0, 0, 0, 0, 0);

    public Uptime {
        Check.atLeast("mining_s", miningS, 0);
        Check.atLeast("stopped_s", stoppedS, 0);
        Check.atLeast("down_s", downS, 0);
        Check.atLeast("offline_s", offlineS, 0);
        Check.atLeast("unknown_s", unknownS, 0);
        Check.atLeast("unobserved_s", unobservedS, 0);
        Check.atLeast("estimated_s", estimatedS, 0);
    }

    /**
     * Reads how a miner spent a span of time: from polls while their samples are stored, and before these from the daily
     * roll-ups of whole UTC days.
     *
     * @param miner the miner; before its registration the absence of samples says nothing
     * @param since the beginning, included
     * @param until the end, after {@code since}, not in the future
     * @param onlineWithin how old the latest sample of a miner that is online may be, above 0
     * @throws io.minerops.api.InvalidArgumentException ({@code until}) if it is not after {@code since}
     * @throws io.minerops.api.StoreException where the store cannot be read
     */
    public static Uptime read(MetricStore metrics, Miner miner, Instant since, Instant until, Duration onlineWithin) {
        return new UptimeReader(metrics, miner, since, until, onlineWithin).read();
    }

    /**
     * How a miner spent a span of time by the counts of its samples, all of it estimated.
     *
     * @param rollups roll-ups of the span
     * @param row that of the miner
     * @param coveredS the time that its samples speak for, s, 0 to {@code polledS}
     * @param polledS the time in which polls ran, s, at most {@code lengthS}; what is not covered of it counts as offline
     * @param lengthS the length of the span, s; what was not polled of it counts as unobserved
     */
    public static Uptime ofRollup(
            MetricRollup.Columns rollups, int row, double coveredS, double polledS, double lengthS) {
        Uptime covered = TimeUse.of(rollups, row, coveredS);
        return new Uptime(
                covered.miningS,
                covered.stoppedS,
                covered.downS,
                Math.max(0, polledS - covered.totalS()),
                covered.unknownS,
                Math.max(0, lengthS - polledS),
                lengthS);
    }

    /** The same of a span in which a miner has no samples. */
    public static Uptime withoutSamples(double polledS, double lengthS) {
        return new Uptime(0, 0, 0, polledS, 0, Math.max(0, lengthS - polledS), lengthS);
    }

    /** Mining, of the time that was neither stopped on purpose nor unknown, 0 to 1; NaN where there is no such time. */
    public double uptime() {
        double should = miningS + downS + offlineS;
        return should > 0 ? miningS / should : Double.NaN;
    }

    /** Mining, of all the time that is known, 0 to 1; NaN where there is no such time. */
    public double availability() {
        double known = miningS + stoppedS + downS + offlineS;
        return known > 0 ? miningS / known : Double.NaN;
    }

    /** All the time, s. */
    public double totalS() {
        return miningS + stoppedS + downS + offlineS + unknownS + unobservedS;
    }

    /** This time and another that does not overlap it. */
    public Uptime plus(Uptime other) {
        return new Uptime(
                miningS + other.miningS,
                stoppedS + other.stoppedS,
                downS + other.downS,
                offlineS + other.offlineS,
                unknownS + other.unknownS,
                unobservedS + other.unobservedS,
                estimatedS + other.estimatedS);
    }
}
