package io.minerops.core.job;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a job fares.
 *
 * @param name the job's name
 * @param running whether it runs right now
 * @param lastRun when it last began; null before the first time
 * @param lastDuration how long the last finished run took; null before the first
 * @param lastError what went wrong in the last finished run; null where nothing did
 * @param lastErrorAt when a run last went wrong; null where none has
 * @param lastSuccessAt when a run last went well; null where none has
 * @param nextRun when it is to begin next; null where it is not scheduled
 * @param runs how many runs were finished
 * @param failures how many of them went wrong
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
        long failures) {}
