package io.minerops.core.certify;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.ProvenWork;
import io.minerops.api.miner.Reading;
import io.minerops.api.store.BoardStore;
import io.minerops.api.store.FactStore;
import io.minerops.api.store.MetricStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Watches one miner for a time and says whether it does what was promised: takes observations in the order in which they
 * were made, and gives a {@link Certificate} at any time. Its memory does not grow with their number.
 *
 * <pre>{@code
 * BurnIn burnIn = new BurnIn(miner, criteria);
 * polls.forEach(burnIn::add);
 * Certificate certificate = burnIn.certificate();
 * }</pre>
 *
 * <p>What was not seen is never counted for the miner: time without polls is not covered, time over which the clock was
 * changed or the counters of the device began again proves nothing, and a criterion without evidence is not proven.
 * Not thread-safe.
 */
public final class BurnIn {
    private static final double MILLIS_PER_SECOND = 1_000;

    private final MinerAddress miner;
    private final CertificateCriteria criteria;
    private final ShareProof shares = new ShareProof();
    private final DeviceWatch device = new DeviceWatch();
    private final Mean claimed = new Mean();
    private final Mean power = new Mean();
    private final Mean temperature = new Mean();
    private boolean powerEstimated;
    private @Nullable Instant first;
    private @Nullable Instant last;
    private @Nullable String lastFailure;
    private boolean continuousSinceSample = true;
    private long coveredMs;
    private int gaps;
    private long polls;
    private long answered;

    /** Nothing observed yet. */
    public BurnIn(MinerAddress miner, CertificateCriteria criteria) {
        this.miner = miner;
        this.criteria = criteria;
    }

    /**
     * Observes a miner in the past, by what is stored of it: polls as they ran, its hash boards, faults and identity.
     *
     * @param miner the miner; polls from before its registration that have no sample of it are left out
     * @param since the first poll time, included
     * @param until the last poll time, excluded; after {@code since}
     * @throws InvalidArgumentException ({@code until}) if it is not after {@code since}
     * @throws io.minerops.api.StoreException where the store cannot be read
     */
    public static BurnIn ofHistory(
            MetricStore metrics,
            FactStore facts,
            BoardStore boards,
            Miner miner,
            CertificateCriteria criteria,
            Instant since,
            Instant until) {
        BurnIn burnIn = new BurnIn(miner.address(), criteria);
        StoredPolls.read(metrics, facts, boards, miner, since, until, burnIn);
        return burnIn;
    }

    /** The next observation. */
    public void add(Observation observation) {
        Instant at = observation.at();
        MetricSample sample = observation.sample();
        long step = last == null ? 0 : Duration.between(last, at).toMillis();
        boolean continuous = observation.continuous() && step > 0;
        boolean counted = continuous && step <= criteria.maxGap().toMillis();
        continuousSinceSample &= continuous;
        if (sample != null) {
            counted &= shares.add(at, sample, continuousSinceSample);
            continuousSinceSample = true;
            device.add(at, sample, observation.identity());
            claimed.add(sample.value(Reading.HASHRATE_THS));
            power.add(sample.value(Reading.POWER_W));
            powerEstimated |= sample.powerEstimated();
            temperature.add(sample.value(Reading.MAX_TEMP_C));
            answered++;
        } else {
            lastFailure = observation.failure();
        }
        if (counted) {
            coveredMs += step;
        } else if (last != null) {
            gaps++;
        }
        first = first == null ? at : first;
        last = at;
        polls++;
    }

    /** The time that is covered so far. */
    public Duration covered() {
        return Duration.ofMillis(coveredMs);
    }

    /** Whether the miner has answered a poll, without which there is no certificate. */
    public boolean hasReadings() {
        return answered > 0;
    }

    /**
     * What the observations so far come to.
     *
     * @throws InvalidArgumentException ({@code miner}) if there is none that the miner answered
     */
    public Certificate certificate() {
        if (first == null || last == null || !hasReadings()) {
            throw new InvalidArgumentException(
                    "miner",
                    miner + " gave no readings, so there is nothing to certify"
                            + (lastFailure == null ? "" : ": " + lastFailure));
        }
        Certificate.Watch watch = new Certificate.Watch(
                first, last, coveredMs / MILLIS_PER_SECOND, gaps, polls, answered, shares.restarts());
        Certificate.Work work = work();
        List<String> notes = new ArrayList<>();
        List<Certificate.Result> results =
                new Judgement(criteria, watch, work, shares, device, temperature.highest(), notes).results();
        return new Certificate(
                miner,
                device.identity(),
                criteria,
                watch,
                work,
                temperature.highest(),
                device.boards(),
                device.faults(),
                results,
                notes);
    }

    private Certificate.Work work() {
        ProvenWork proven = shares.work();
        double claimedThs = claimed.mean();
        // over the time over which shares were counted
        double unproven = proven.seconds() == 0 ? Double.NaN : proven.unprovenShare();
        double jPerTh = power.mean() / proven.provenThs();
        return new Certificate.Work(
                claimedThs,
                proven.provenThs(),
                shares.lowerThs(criteria.confidence()),
                shares.upperThs(criteria.confidence()),
                proven.seconds(),
                shares.effectiveShares(),
                proven.difficultySum(),
                unproven,
                power.mean(),
                powerEstimated,
                Double.isInfinite(jPerTh) ? Double.NaN : jPerTh,
                shares.rejectedShare());
    }
}
