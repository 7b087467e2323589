package io.minerops.core.job;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The status of a job. Immutable.
 *
 * @param name the job's name, {@link Job#key()}
 * @param running whether it runs right now
 * @param lastRun when it last began; null before the first time
 * @param lastDuration how long the last finished run took; null before the first
 * @param lastError the error of the last finished run, one sentence; null where it succeeded, and before the first
 * @param lastErrorAt when a run last failed; null where none has
 * @param lastSuccessAt when a run last succeeded; null where none has
 * @param nextRun when it is to begin next; null where it is not scheduled
 * @param runs how many runs have finished
 * @param failures how many of them have failed
 * @param failuresInRow how many runs have failed since the last one that succeeded
 */
public record JobStatus(
        String name,
        boolean running,
        @Nullable Instant lastRun,
        @Nullable Duration lastDuration,
        @Nullable String lastError,
        @Nullable Instant lastErrorAt,
        @Nullable Instant lastSuccessAt,
        @Nullable Instant nextRun,
        long runs,
        long failures,
        long failuresInRow) {

    /** The status of a job that has not run and is not scheduled. */
    public static JobStatus ofNewJob(String name) {
        return new JobStatus(name, false, null, null, null, null, null, null, 0, 0, 0);
    }

    /** The same with this time of the next run; null where none is scheduled. */
    public JobStatus next(@Nullable Instant at) {
        return new JobStatus(
                name,
                running,
                lastRun,
                lastDuration,
                lastError,
                lastErrorAt,
                lastSuccessAt,
                at,
                runs,
                failures,
                failuresInRow);
    }

    /** The status of a run that begins now. */
    public JobStatus begun(Instant at) {
        return new JobStatus(
                name,
                true,
                at,
                lastDuration,
                lastError,
                lastErrorAt,
                lastSuccessAt,
                nextRun,
                runs,
                failures,
                failuresInRow);
    }

    /**
     * The status after a run.
     *
     * @param began when the run began
     * @param at when it ended
     * @param error what went wrong, one sentence; null where it succeeded
     */
    public JobStatus ended(Instant began, Instant at, @Nullable String error) {
        Duration took = Duration.between(began, at);
        return error == null
                ? new JobStatus(name, false, began, took, null, lastErrorAt, at, nextRun, runs + 1, failures, 0)
                : new JobStatus(
                        name,
                        false,
                        began,
                        took,
                        error,
                        at,
                        lastSuccessAt,
                        nextRun,
                        runs + 1,
                        failures + 1,
                        failuresInRow + 1);
    }
}
