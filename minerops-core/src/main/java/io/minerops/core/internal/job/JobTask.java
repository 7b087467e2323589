package io.minerops.core.internal.job;

import io.minerops.core.job.JobStatus;

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
}
