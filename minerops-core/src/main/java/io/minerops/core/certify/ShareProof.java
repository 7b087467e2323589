package io.minerops.core.certify;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.ProvenWork;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.ShareCounters;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Adds up what the counters of a miner prove, step by step, and counts its restarts. Not thread-safe. */
final class ShareProof {
    /** By how much the running time of a device and the time between two polls may differ: rounding, a late reply. */
    private static final double MAX_CLOCK_DIFFERENCE_S = 30;

    private static final double MAX_CLOCK_DIFFERENCE_SHARE = 0.01;
    private static final double MILLIS_PER_SECOND = 1_000;

    private ProvenWork work = ProvenWork.NONE;
    private @Nullable ShareCounters before;
    private double elapsedBefore = Double.NaN;
    private double acceptedBefore = Double.NaN;
    private double rejectedBefore = Double.NaN;
    private double accepted;
    private double rejected;
    private double meanDifficulty = Double.NaN;
    private @Nullable Instant sampledAt;
    private int restarts;
    private int counterResets;
    private boolean countsRestarts;
    private boolean acceptedWithoutDifficulty;

    /**
     * The next sample.
     *
     * @param continuous whether the time since the one before is known
     * @return whether the clock of the device agrees with the time since the one before; true where that is not known
     */
    boolean add(Instant at, MetricSample sample, boolean continuous) {
        double elapsed = sample.value(Reading.ELAPSED_S);
        double count = sample.value(Reading.ACCEPTED);
        boolean restarted = restarted(elapsed, count);
        boolean agrees = restarted || !continuous || clocksAgree(at, elapsed);
        ShareCounters now = ShareCounters.of(at, sample::value);
        if (now != null && before != null && continuous && agrees && !restarted) {
            work = work.plus(now.since(before));
        }
        if (!restarted) {
            accepted += risen(acceptedBefore, count);
            rejected += risen(rejectedBefore, sample.value(Reading.REJECTED));
        }
        if (now != null && now.acceptedDifficulty() > 0 && now.accepted() > 0) {
            meanDifficulty = now.acceptedDifficulty() / now.accepted();
        }
        acceptedWithoutDifficulty |= count > 0 && !(sample.value(Reading.ACCEPTED_DIFFICULTY) > 0);
        countsRestarts |= !Double.isNaN(elapsed) || !Double.isNaN(count);
        before = now;
        elapsedBefore = elapsed;
        acceptedBefore = count;
        rejectedBefore = sample.value(Reading.REJECTED);
        sampledAt = at;
        return agrees;
    }

    /** A running time that fell is a restart; where there is none, a count of shares that fell. */
    private boolean restarted(double elapsed, double count) {
        boolean timeKnown = !Double.isNaN(elapsed) && !Double.isNaN(elapsedBefore);
        boolean fell = timeKnown ? elapsed < elapsedBefore : count < acceptedBefore;
        if (fell) {
            restarts++;
        } else if (count < acceptedBefore) {
            counterResets++;
        }
        return fell;
    }

    private boolean clocksAgree(Instant at, double elapsed) {
        if (sampledAt == null || Double.isNaN(elapsed) || Double.isNaN(elapsedBefore)) {
            return true;
        }
        double passed = (at.toEpochMilli() - sampledAt.toEpochMilli()) / MILLIS_PER_SECOND;
        return Math.abs(elapsed - elapsedBefore - passed)
                <= MAX_CLOCK_DIFFERENCE_S + MAX_CLOCK_DIFFERENCE_SHARE * Math.abs(passed);
    }

    private static double risen(double from, double to) {
        return to > from ? to - from : 0;
    }

    /** What is proven so far; its time is 0 where nothing is. */
    ProvenWork work() {
        return work;
    }

    /** How many shares of one size say as much: (Σd)² / Σd². */
    double effectiveShares() {
        return work.difficultySum() == 0 ? 0 : work.difficultySum() * work.difficultySum() / work.difficultySquareSum();
    }

    /** The lower bound at a confidence, TH/s; NaN where no time is counted. */
    double lowerThs(double confidence) {
        return ths(PoissonBounds.lower(effectiveShares(), confidence));
    }

    /** The upper bound at a confidence, TH/s; NaN where no time is counted. */
    double upperThs(double confidence) {
        return ths(PoissonBounds.upper(effectiveShares(), confidence));
    }

    /** Shares as TH/s: each of the mean size by weight, Σd² / Σd. */
    private double ths(double shares) {
        double size = work.difficultySum() == 0 ? meanDifficulty : work.difficultySquareSum() / work.difficultySum();
        return work.seconds() == 0 || Double.isNaN(size)
                ? Double.NaN
                : new ProvenWork(work.seconds(), shares * size, 0, Double.NaN).provenThs();
    }

    /** Of the shares that were found; NaN where none was. */
    double rejectedShare() {
        return accepted + rejected == 0 ? Double.NaN : rejected / (accepted + rejected);
    }

    int restarts() {
        return restarts;
    }

    /** How many times its counters began again while its running time went on. */
    int counterResets() {
        return counterResets;
    }

    /** Whether it reports a running time or a count of shares, by which a restart can be seen. */
    boolean countsRestarts() {
        return countsRestarts;
    }

    /** Whether it counts accepted shares and does not say how difficult they are, as some stock firmware. */
    boolean acceptedWithoutDifficulty() {
        return acceptedWithoutDifficulty;
    }
}
