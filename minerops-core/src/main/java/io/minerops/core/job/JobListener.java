package io.minerops.core.job;

/**
 * Called at the end of every run of every job, successful or not, on the thread of the run and before the next run of
 * the same job may begin. A slow listener delays that run. What a listener throws is logged and affects neither the job
 * nor other listeners.
 */
@FunctionalInterface
public interface JobListener {
    /** A run has ended; the status is the job's with this run counted, immutable, and may be kept. */
    void finished(JobStatus status);
}
