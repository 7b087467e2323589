package io.minerops.core.job;

/**
 * Hears of the end of every run of every job, well or not. It is called on the thread of the run, before the next run of
 * the same job may begin, so a slow listener holds that up; one that throws is logged, and neither the job nor other
 * listeners take notice.
 */
@FunctionalInterface
public interface JobListener {
    /** A run has ended; the status is the job's with this run counted, immutable, and may be kept. */
    void finished(JobStatus status);
}
