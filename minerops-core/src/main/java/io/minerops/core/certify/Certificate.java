package io.minerops.core.certify;

import io.minerops.api.miner.DeviceFault;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of watching a miner: each criterion with what was measured, its limit and its verdict, and the figures behind
 * them. All text of the device may be hostile; it is bounded in length.
 *
 * @param miner where the miner answered
 * @param identity what it says it is, the latest known value of each
 * @param criteria what it had to do
 * @param watch when and how completely it was watched
 * @param work its hashrate and energy
 * @param maxTempC the highest temperature, °C; NaN where none was reported
 * @param boards its hash boards, ascending by slot; empty where it does not report them one by one
 * @param faults the faults that it reported, in the order in which they were first seen
 * @param results each criterion that was judged
 * @param notes what was not judged and why, and other remarks, one sentence each
 */
public record Certificate(
        MinerAddress miner,
        MinerIdentity identity,
        CertificateCriteria criteria,
        Watch watch,
        Work work,
        double maxTempC,
        List<Board> boards,
        List<DeviceFault> faults,
        List<Result> results,
        List<String> notes) {
    /** What is known of a criterion. */
    public enum Verdict {
        /** It holds, at the confidence of the criteria where chance plays a part. */
        PASS,
        /** It does not hold, at that confidence. */
        FAIL,
        /** There is not enough evidence for either. */
        NOT_PROVEN;

        /** The lower-case name, as in a certificate file. */
        public String key() {
            return switch (this) {
                case PASS -> "pass";
                case FAIL -> "fail";
                case NOT_PROVEN -> "not_proven";
            };
        }

        private Verdict and(Verdict other) {
            return this == FAIL || other == FAIL ? FAIL : this == NOT_PROVEN ? NOT_PROVEN : other;
        }
    }

    /**
     * One criterion.
     *
     * @param key its name, such as {@code proven_hashrate}
     * @param label what people call it
     * @param measured in the unit; NaN where nothing was measured
     * @param limit in the unit
     * @param atLeast whether the limit is the least that passes, and not the most
     * @param unit such as {@code TH/s}; empty for a count
     * @param verdict what is known of it
     * @param finding the reason, one sentence
     */
    public record Result(
            String key,
            String label,
            double measured,
            double limit,
            boolean atLeast,
            String unit,
            Verdict verdict,
            String finding) {}

    /**
     * When and how completely the miner was watched.
     *
     * @param from the first poll
     * @param until the last poll
     * @param coveredS time that lies between polls one interval or so apart, s
     * @param gaps how many times there were none for longer, or the clock was changed
     * @param polls how many polls were made
     * @param answered how many of them the miner answered
     * @param restarts how many times its mining process was restarted
     */
    public record Watch(
            Instant from, Instant until, double coveredS, int gaps, long polls, long answered, int restarts) {}

    /**
     * Hashrate and energy. Each figure is NaN where it is not known.
     *
     * @param claimedThs mean hashrate that the miner claims, TH/s
     * @param provenThs hashrate that accepted shares prove, TH/s
     * @param lowerThs one-sided lower bound of it at the confidence of the criteria, TH/s
     * @param upperThs one-sided upper bound of it at that confidence, TH/s
     * @param provenS time over which shares were counted, s
     * @param shares how many shares were accepted in that time; shares of differing difficulty count as fewer
     * @param difficultySum Σd of these shares
     * @param unprovenShare the part of the claim that is not proven, 0.1 for 10 %; negative where more is proven
     * @param powerW mean power, W
     * @param powerEstimated whether the device does not measure its power, and this is a nominal figure of its model
     * @param jPerTh energy per proven work, J/TH
     * @param rejectedShare the part of the shares that pools rejected
     */
    public record Work(
            double claimedThs,
            double provenThs,
            double lowerThs,
            double upperThs,
            double provenS,
            double shares,
            double difficultySum,
            double unprovenShare,
            double powerW,
            boolean powerEstimated,
            double jPerTh,
            double rejectedShare) {}

    /**
     * A hash board. Each reading is NaN where the device does not report it.
     *
     * @param slot as the device numbers it
     * @param serial its serial number; null where unknown
     * @param chipsAlive the fewest chips that worked
     * @param chipsExpected the chips that it should have
     * @param meanThs mean hashrate, TH/s
     * @param maxTempC the highest temperature of its chips, or of the board where chips have no sensor, °C
     */
    public record Board(
            int slot,
            @Nullable String serial,
            double chipsAlive,
            double chipsExpected,
            double meanThs,
            double maxTempC) {}

    public Certificate {
        boards = List.copyOf(boards);
        faults = List.copyOf(faults);
        results = List.copyOf(results);
        notes = List.copyOf(notes);
    }

    /** The verdict of all criteria: fail where one fails, else not proven where one is not proven. */
    public Verdict verdict() {
        return results.stream().map(Result::verdict).reduce(Verdict.PASS, Verdict::and);
    }
}
