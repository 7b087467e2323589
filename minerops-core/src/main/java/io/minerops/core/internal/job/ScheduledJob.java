package io.minerops.core.internal.job;

import io.minerops.api.event.Event;
import io.minerops.api.store.EventStore;
import io.minerops.api.store.Lease;
import io.minerops.core.job.JobListener;
import io.minerops.core.job.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job with its interval, its lease and its record. The lock keeps a run that a user requests and the scheduled one
 * apart; an exception ends the run and nothing else.
 */
final class ScheduledJob {
    private static final Logger log = LoggerFactory.getLogger(ScheduledJob.class);

    /** For a run that takes longer than its interval: it writes nothing once its lease has run out. */
    private static final Duration LEASE_SLACK = Duration.ofSeconds(10);

    private final JobTask job;
    private final Duration interval;
    private final Duration initialDelay;
    private final Lease lease;
    private final EventStore events;
    private final InstantSource clock;
    private final List<JobListener> listeners;
    private final ReentrantLock oneAtATime = new ReentrantLock(true);
    private final AtomicBoolean runSoon = new AtomicBoolean();

    private final FailureLog runLog;
    private final JobPulse pulse;
    private volatile boolean held;
    private volatile JobStatus status;
    private volatile OwnFaults ownFaults = OwnFaults.NONE;

    /** The faults of this process since the last run that succeeded: how many, and the last. */
    private record OwnFaults(int inRow, String last) {
        static final OwnFaults NONE = new OwnFaults(0, "");
    }

    ScheduledJob(
            JobTask job,
            Duration interval,
            Duration initialDelay,
            Lease lease,
            EventStore events,
            InstantSource clock,
            LongSupplier nanoTime,
            List<JobListener> listeners) {
        this.job = job;
        this.interval = interval;
        this.initialDelay = initialDelay;
        this.lease = lease;
        this.events = events;
        this.clock = clock;
        this.listeners = List.copyOf(listeners);
        runLog = new FailureLog(log, "job " + job.name());
        pulse = new JobPulse(interval, nanoTime);
        status = JobStatus.ofNewJob(job.name());
    }

    String name() {
        return job.name();
    }

    Duration initialDelay() {
        return initialDelay;
    }

    JobStatus status() {
        return status;
    }

    /** Notes when the schedule will run it next. */
    void nextRun(Instant at, Duration delay) {
        oneAtATime.lock();
        try {
            pulse.due(delay);
            status = status.next(at);
        } finally {
            oneAtATime.unlock();
        }
    }

    /** The time from the end of a run to the next: after a fault of this process sooner than its interval. */
    Duration pause() {
        Duration retry = job.retryInterval();
        return ownFaults.inRow() > 0 && interval.compareTo(retry) > 0 ? retry : interval;
    }

    /** The present fault: the last runs have failed, a run does not end, or a run does not begin. */
    Optional<String> fault(int maxFailedRuns) {
        JobStatus now = status;
        Optional<String> stuck = pulse.stuck(now);
        if (stuck.isPresent()) {
            return stuck;
        }
        OwnFaults faults = ownFaults;
        return faults.inRow() >= maxFailedRuns
                ? Optional.of("the last " + faults.inRow() + " runs have failed: " + faults.last())
                : Optional.empty();
    }

    /** Whether a run beside the schedule is to be begun; false where one that has not begun serves as well. */
    boolean wantsRunSoon() {
        return runSoon.compareAndSet(false, true);
    }

    /** Runs the job as on schedule; what is wanted from its beginning on takes another run. */
    void runSoon() {
        oneAtATime.lock();
        try {
            runSoon.set(false);
            runOnSchedule();
        } finally {
            oneAtATime.unlock();
        }
    }

    /**
     * The time from the end of a run to the next.
     *
     * @param took how long the run took
     */
    Duration untilNext(Duration took) {
        Duration rest = pause().minus(took);
        return job.untilNext().orElse(rest.isNegative() ? Duration.ZERO : rest);
    }

    /** Gives the lease back, so that another instance goes on at once; a failure is logged. */
    void leave() {
        try {
            if (held) {
                lease.release(job.name());
            }
        } catch (RuntimeException e) {
            log.warn("job {} goes on elsewhere only when its lease has run out", job.name(), e);
        }
    }

    /** Runs the job unless another instance holds its lease; never throws. */
    void runOnSchedule() {
        try {
            // a lease outlives the interval, so that the holder keeps it from run to run
            runUnderLease();
        } catch (RuntimeException | Error e) {
            // logged and counted by runNow; the next run gets its chance
            log.debug("job {} ended early", job.name(), e);
        }
    }

    /** Runs the job now unless another instance holds its lease; says whether it ran, and throws what the job throws. */
    boolean runUnderLease() {
        if (job.runsOnEveryInstance()) {
            runNow();
            return true;
        }
        OptionalLong token = acquireLease();
        if (token.isEmpty()) {
            return false;
        }
        held = true;
        Lease.Fence fence = new Lease.Fence(job.name(), token.getAsLong());
        run(() -> lease.fenced(fence, job::run));
        return true;
    }

    /** Runs the job now, after a run under way has ended; throws what the job throws. */
    void runNow() {
        run(job::run);
    }

    private void run(Runnable work) {
        oneAtATime.lock();
        try {
            Instant began = clock.instant();
            pulse.begun();
            status = status.begun(began);
            Throwable failure = null;
            try {
                work.run();
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

    /** A lease outlives the interval, so that the holder keeps it from run to run. */
    private OptionalLong acquireLease() {
        try {
            return lease.acquire(job.name(), interval.multipliedBy(2).plus(LEASE_SLACK));
        } catch (RuntimeException | Error e) {
            // a run that cannot even begin has failed: else the job would stand still and report success
            run(() -> {
                throw e;
            });
            throw e;
        }
    }

    private void end(Instant began, @Nullable Throwable failure) {
        Instant now = clock.instant();
        status = status.ended(began, now, failure == null ? null : describe(failure));
        if (failure == null) {
            ownFaults = OwnFaults.NONE;
            runLog.worked();
        } else {
            if (job.isOwnFault(failure)) {
                ownFaults = new OwnFaults(ownFaults.inRow() + 1, describe(failure));
            }
            if (runLog.failed(failure, job.isExpected(failure))) {
                record(failure, now);
            }
        }
        pulse.ended();
        listeners.forEach(this::reportEnd);
    }

    private void reportEnd(JobListener listener) {
        try {
            listener.finished(status);
        } catch (RuntimeException | Error e) {
            log.warn("a listener failed at the end of job {}", job.name(), e);
        }
    }

    /** Stored once for a row of the same failures, so that a job that fails for days does not fill the disk. */
    private void record(Throwable failure, Instant at) {
        try {
            events.record(Event.of(at, Event.Level.ERROR, job.name(), null, describe(failure)));
        } catch (RuntimeException | Error e) {
            log.warn("the failure of job {} could not be stored as an event", job.name(), e);
        }
    }

    private static String describe(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getName() : message;
    }
}
