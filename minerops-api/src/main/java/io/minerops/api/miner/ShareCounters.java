package io.minerops.api.miner;

import java.time.Duration;
import java.time.Instant;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The counters of a miner at one moment, as its sample has them.
 *
 * @param at when they were read
 * @param elapsedS seconds since the mining process started; NaN where not said
 * @param acceptedDifficulty sum of the difficulties of accepted shares since then; NaN where not said
 * @param accepted number of accepted shares since then; NaN where not said
 * @param claimedThs the hashrate that it claims for the time up to this moment, TH/s; NaN where not said
 */
public record ShareCounters(
        Instant at, double elapsedS, double acceptedDifficulty, double accepted, double claimedThs) {
    /** The longest time between two readings over which a claim can be taken as known. */
    private static final Duration MAX_STEP = Duration.ofHours(1);

    /**
     * The counters among the readings of a sample; null where it has no accepted difficulty.
     *
     * @param at the time of the poll
     * @param value gives a reading, NaN where it is absent, such as {@code sample::value}
     */
    public static @Nullable ShareCounters of(Instant at, ToDoubleFunction<Reading> value) {
        double difficulty = value.applyAsDouble(Reading.ACCEPTED_DIFFICULTY);
        return Double.isNaN(difficulty)
                ? null
                : new ShareCounters(
                        at,
                        value.applyAsDouble(Reading.ELAPSED_S),
                        difficulty,
                        value.applyAsDouble(Reading.ACCEPTED),
                        value.applyAsDouble(Reading.HASHRATE_THS));
    }

    /**
     * The work that was proven between an earlier reading and this one; {@link ProvenWork#NONE} where the two do not belong
     * to one run of the counters:
     *
     * <ul>
     *   <li>a counter is absent or went down, or the running time did: the mining process was restarted
     *   <li>the difficulty stays 0 although shares were accepted, as stock firmware does that does not fill it
     *   <li>more than an hour passed, or the claim is absent at either end
     * </ul>
     *
     * The claim is the mean of both ends. Shares between two readings are taken as of one size, so shares of differing size
     * make the interval a little too narrow; the shorter the poll interval, the less.
     */
    public ProvenWork since(ShareCounters earlier) {
        double seconds = Duration.between(earlier.at, at).toMillis() / 1e3;
        double difficulty = acceptedDifficulty - earlier.acceptedDifficulty;
        double shares = accepted - earlier.accepted;
        boolean oneRun = seconds > 0
                && seconds <= MAX_STEP.toSeconds()
                && difficulty >= 0
                && shares >= 0
                && !(elapsedS < earlier.elapsedS)
                && difficulty > 0 == shares > 0
                && acceptedDifficulty > 0
                && earlier.claimedThs >= 0
                && claimedThs >= 0;
        if (!oneRun) {
            return ProvenWork.NONE;
        }
        double squares = shares == 0 ? 0 : difficulty * difficulty / shares;
        return new ProvenWork(seconds, difficulty, squares, (earlier.claimedThs + claimedThs) / 2);
    }
}
