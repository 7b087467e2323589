package io.minerops.core.internal.job;

import io.minerops.api.profit.MarketException;
import io.minerops.core.job.JobStatus;
import java.time.Duration;
import java.util.Optional;

/** Something to be done again and again. A job is never run by two threads at once. */
public interface JobTask {
    /** Its name, as shown by {@link JobStatus}. */
    String name();

    /** Does it once; whatever it throws is reported, and the job runs again at its next time. */
    void run();

    /**
     * Whether a failure of {@link #run} is a fault of this process or its store. A number of such runs in a row makes the
     * process not ready. The failure of a remote service that other jobs do without is none: the run has failed, but the
     * process stays ready.
     */
    default boolean isOwnFault(Throwable failure) {
        return true;
    }

    /** Whether a failure is one that operation brings, whose message says all: it is logged at WARN without a stack trace. */
    default boolean isExpected(Throwable failure) {
        return failure instanceof MarketException;
    }

    /** Whether each instance on a shared store runs it; false, the default: one at a time, under the lease of its name. */
    default boolean runsOnEveryInstance() {
        return false;
    }

    /** The time until its next run, where that follows the clock of the store; empty, the default: after its interval. */
    default Optional<Duration> untilNext() {
        return Optional.empty();
    }

    /** How soon it runs again after a run that failed by a fault of its own, where its interval is longer. */
    default Duration retryInterval() {
        return Duration.ofMinutes(1);
    }
}
