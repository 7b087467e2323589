package io.minerops.core.job;

/**
 * Called after every check of the alerts, once its result is stored, on the thread of the check. A slow listener delays
 * the next check. What a listener throws is logged and affects neither the check nor other listeners. It is not called
 * for a check that failed; {@link JobStatus} reports that.
 */
@FunctionalInterface
public interface AlertListener {
    /** A check was made; the report is immutable and may be kept. */
    void checked(AlertReport report);
}
