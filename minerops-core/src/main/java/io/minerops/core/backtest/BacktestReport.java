package io.minerops.core.backtest;

import io.minerops.api.alert.Severity;
import io.minerops.api.miner.MinerAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a rule would have done.
 *
 * @param firstPoll the first poll that was looked at; null where there was none
 * @param lastPoll the last poll that was looked at; null where there was none
 * @param observed the observed time, without gaps
 * @param polls how many polls were looked at
 * @param samples how many samples these had
 * @param checks how many checks were made
 * @param count how many alerts the rule would have raised
 * @param perWeek the same per week of {@code observed}
 * @param openTime how long its alerts would have been open, all together; what is still open counts to the last check
 * @param longest how long the longest would have been open
 * @param median how long the middle one would have been open
 * @param byMiner how many alerts each miner would have had, most first, at most ten; those of many together are left out
 * @param alerts the first of them, in the order in which they began, at most {@link #MAX_ALERTS}
 * @param suggestion the strictest value for which it and all milder ones raise few enough alerts, short of
 *     values whose alerts hardly ever end; null where there is none, or the type has no threshold to turn
 * @param candidates what other values of that threshold would have raised, mildest first; empty likewise
 * @param foundUsd what miners lost while the rule's alerts would have been open, USD; null where it was not wanted or is not known
 * @param cheapest the value for which handling its alerts, less what their miners lost meanwhile, comes to least; null likewise
 * @param warnings what the reader should know
 */
public record BacktestReport(
        @Nullable Instant firstPoll,
        @Nullable Instant lastPoll,
        Duration observed,
        long polls,
        long samples,
        long checks,
        int count,
        double perWeek,
        Duration openTime,
        Duration longest,
        Duration median,
        Map<MinerAddress, Integer> byMiner,
        List<BacktestAlert> alerts,
        @Nullable Candidate suggestion,
        List<Candidate> candidates,
        @Nullable Double foundUsd,
        @Nullable Candidate cheapest,
        List<String> warnings) {
    /** The most alerts that are listed; all of them are counted. */
    public static final int MAX_ALERTS = 1_000;

    /**
     * An alert that would have been raised.
     *
     * @param miner the miner; null for one of many together
     * @param raisedAt when it would have begun
     * @param endedAt when it would have ended; null where it would still be open
     * @param severity its first severity
     * @param message what it would have said
     */
    public record BacktestAlert(
            @Nullable MinerAddress miner,
            Instant raisedAt,
            @Nullable Instant endedAt,
            Severity severity,
            String message) {}

    /**
     * Another value of the threshold that tunes the rule.
     *
     * @param threshold its name
     * @param value the value
     * @param count how many alerts it would have raised
     * @param perWeek the same per week
     * @param foundUsd what miners lost while its alerts would have been open, USD; null where it was not wanted or is not known
     */
    public record Candidate(
            String threshold,
            double value,
            int count,
            double perWeek,
            @Nullable Double foundUsd) {}
}
