package io.minerops.micrometer;

import io.micrometer.core.instrument.Tags;
import io.minerops.core.MinerOps;
import io.minerops.core.job.Job;
import io.minerops.core.job.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.function.ToDoubleFunction;

/**
 * How one job fares.
 *
 * @param job its name
 * @param tags labels of its meters; not {@code job}, which Prometheus sets itself
 */
record JobMeters(MinerOps ops, Meters meters, String job, Tags tags) {
    private static final double MILLIS_PER_SECOND = 1_000;

    static void bind(MinerOps ops, Meters meters) {
        for (JobStatus status : ops.jobs()) {
            JobMeters job = new JobMeters(ops, meters, status.name(), Tags.of("job_name", status.name()));
            job.counter("minerops.job.runs", "Runs of a job that ended", JobStatus::runs);
            job.counter("minerops.job.failures", "Runs of a job that failed", JobStatus::failures);
            job.seconds(
                    "minerops.job.last.success.timestamp", "End of the last successful run", JobMeters::lastSuccess);
            job.seconds("minerops.job.last.duration", "Duration of the last run", JobMeters::lastDuration);
            if (status.name().equals(Job.CHECK_ALERTS.key())) {
                JobMeters checks = new JobMeters(ops, meters, status.name(), Tags.empty());
                checks.counter("minerops.alert.checks", "Checks of the alerts that ended", JobStatus::runs);
                checks.counter(
                        "minerops.alert.check.failures", "Checks of the alerts that failed", JobStatus::failures);
            }
        }
    }

    private void counter(String name, String description, ToDoubleFunction<JobStatus> value) {
        meters.counter(name, description, tags, ops, it -> value.applyAsDouble(status(it)));
    }

    private void seconds(String name, String description, ToDoubleFunction<JobStatus> value) {
        meters.gauge(name, "seconds", description, tags, ops, it -> value.applyAsDouble(status(it)));
    }

    private JobStatus status(MinerOps of) {
        return of.jobs().stream()
                .filter(status -> status.name().equals(job))
                .findFirst()
                .orElseThrow();
    }

    private static double lastSuccess(JobStatus status) {
        Instant at = status.lastSuccessAt();
        return at == null ? Double.NaN : at.toEpochMilli() / MILLIS_PER_SECOND;
    }

    private static double lastDuration(JobStatus status) {
        Duration took = status.lastDuration();
        return took == null ? Double.NaN : took.toMillis() / MILLIS_PER_SECOND;
    }
}
