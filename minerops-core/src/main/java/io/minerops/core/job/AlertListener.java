package io.minerops.core.job;

/**
 * Hears of every check of the alerts that was made, after what it found is stored. It is called on the thread of the
 * check, one check at a time, so a slow listener holds up the next check; one that throws is logged, and neither the
 * check nor other listeners take notice. Only {@link JobStatus} reports a failed check.
 */
@FunctionalInterface
public interface AlertListener {
    /** A check was made; the report is immutable and may be kept. */
    void checked(AlertReport report);
}
