package io.minerops.core.job;

import io.minerops.api.Event;
import io.minerops.api.EventStore;
import io.minerops.api.Lease;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job with its interval, its lease and its record. The lock keeps a run that a person asks for and the scheduled one
 * apart; an exception ends the run and nothing else.
 */
final class ScheduledJob {
    private static final Logger log = LoggerFactory.getLogger(ScheduledJob.class);

    private final Job job;
    private final Duration interval;
    private final Duration initialDelay;
    private final Lease lease;
    private final EventStore events;
    private final InstantSource clock;
    private final List<JobListener> listeners;
    private final ReentrantLock oneAtATime = new ReentrantLock(true);

    private final FailureLog runLog;
    /** Guards itself: the lease is acquired outside the lock of the runs. */
    private final FailureLog leaseLog;

    private volatile JobStatus status;

    ScheduledJob(
            Job job,
            Duration interval,
            Duration initialDelay,
            Lease lease,
            EventStore events,
            InstantSource clock,
            List<JobListener> listeners) {
        this.job = job;
        this.interval = interval;
        this.initialDelay = initialDelay;
        this.lease = lease;
        this.events = events;
        this.clock = clock;
        this.listeners = List.copyOf(listeners);
        runLog = new FailureLog(log, "job " + job.name());
        leaseLog = new FailureLog(log, "the lease of job " + job.name());
        status = new JobStatus(job.name(), false, null, null, null, null, null, null, 0, 0);
    }

    Duration interval() {
        return interval;
    }

    Duration initialDelay() {
        return initialDelay;
    }

    JobStatus status() {
        return status;
    }

    void nextRun(@Nullable Instant at) {
        oneAtATime.lock();
        try {
            JobStatus now = status;
            status = new JobStatus(
                    now.name(),
                    now.running(),
                    now.lastRun(),
                    now.lastDuration(),
                    now.lastError(),
                    now.lastErrorAt(),
                    now.lastSuccessAt(),
                    at,
                    now.runs(),
                    now.failures());
        } finally {
            oneAtATime.unlock();
        }
    }

    /** Runs the job unless another instance holds its lease; never throws. */
    void runOnSchedule() {
        // a lease outlives the interval, so that the holder keeps it from run to run
        if (acquireLease()) {
            try {
                runNow();
            } catch (RuntimeException | Error e) {
                // told and counted by runNow; the next run gets its chance
                log.debug("job {} ended early", job.name(), e);
            }
        }
    }

    /** Runs the job now, after a run under way has ended; throws what the job throws. */
    void runNow() {
        oneAtATime.lock();
        try {
            Instant began = clock.instant();
            begin(began);
            Throwable failure = null;
            try {
                job.run();
            } catch (RuntimeException | Error e) {
                failure = e;
                throw e;
            } finally {
                end(began, failure);
            }
        } finally {
            oneAtATime.unlock();
        }
    }

    private boolean acquireLease() {
        try {
            boolean held = lease.acquire(job.name(), interval.multipliedBy(2).plusSeconds(60))
                    .isPresent();
            synchronized (leaseLog) {
                leaseLog.worked();
            }
            return held;
        } catch (RuntimeException e) {
            synchronized (leaseLog) {
                leaseLog.failed(e);
            }
            return false;
        }
    }

    private void begin(Instant at) {
        JobStatus last = status;
        status = new JobStatus(
                last.name(),
                true,
                at,
                last.lastDuration(),
                last.lastError(),
                last.lastErrorAt(),
                last.lastSuccessAt(),
                last.nextRun(),
                last.runs(),
                last.failures());
    }

    private void end(Instant began, @Nullable Throwable failure) {
        Instant now = clock.instant();
        JobStatus last = status;
        status = new JobStatus(
                last.name(),
                false,
                began,
                Duration.between(began, now),
                failure == null ? null : describe(failure),
                failure == null ? last.lastErrorAt() : now,
                failure == null ? now : last.lastSuccessAt(),
                last.nextRun(),
                last.runs() + 1,
                last.failures() + (failure == null ? 0 : 1));
        if (failure == null) {
            runLog.worked();
        } else if (runLog.failed(failure)) {
            record(failure, now);
        }
        listeners.forEach(this::tellEnd);
    }

    private void tellEnd(JobListener listener) {
        try {
            listener.finished(status);
        } catch (RuntimeException e) {
            log.warn("a listener failed at the end of job {}", job.name(), e);
        }
    }

    /** Stored once for a row of the same failures, so that a job that fails for days does not fill the disk. */
    private void record(Throwable failure, Instant at) {
        try {
            events.record(Event.of(at, Event.Level.ERROR, job.name(), null, describe(failure)));
        } catch (RuntimeException e) {
            log.warn("the failure of job {} could not be stored as an event", job.name(), e);
        }
    }

    private static String describe(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getName() : message;
    }
}
