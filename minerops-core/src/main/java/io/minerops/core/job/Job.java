package io.minerops.core.job;

/** Something to be done again and again. A job is never run by two threads at once. */
public interface Job {
    /** Its name, as shown by {@link JobStatus}. */
    String name();

    /** Does it once; whatever it throws is reported, and the job runs again at its next time. */
    void run();
}
