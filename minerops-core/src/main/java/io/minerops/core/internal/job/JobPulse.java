package io.minerops.core.internal.job;

import io.minerops.core.job.JobStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Whether a job still begins and ends its runs, by a clock that never steps. Thread-safe. */
final class JobPulse {
    /** How long a run may take, or be late, where the interval of the job is short. */
    static final Duration MIN_TIMEOUT = Duration.ofMinutes(10);

    /** The same for long intervals, in intervals. */
    static final int TIMEOUT_INTERVALS = 3;

    private final Duration timeouts;
    private final LongSupplier nanoTime;

    private volatile long begunNanos;
    private volatile boolean running;
    private volatile long dueNanos;
    private volatile boolean scheduled;

    JobPulse(Duration interval, LongSupplier nanoTime) {
        Duration some = interval.multipliedBy(TIMEOUT_INTERVALS);
        timeouts = some.compareTo(MIN_TIMEOUT) < 0 ? MIN_TIMEOUT : some;
        this.nanoTime = nanoTime;
    }

    /** The schedule will run the job after that time. */
    void due(Duration delay) {
        dueNanos = nanoTime.getAsLong() + delay.toNanos();
        scheduled = true;
    }

    void begun() {
        begunNanos = nanoTime.getAsLong();
        running = true;
    }

    void ended() {
        running = false;
    }

    /** A sentence where a run does not end or does not begin; its times are those of the status. */
    Optional<String> stuck(JobStatus status) {
        if (running) {
            return overdue(begunNanos)
                    ? Optional.of("the run that began at " + status.lastRun() + " has not ended within " + timeouts)
                    : Optional.empty();
        }
        return scheduled && overdue(dueNanos)
                ? Optional.of("the run that was due at " + status.nextRun() + " has not begun within " + timeouts)
                : Optional.empty();
    }

    private boolean overdue(long since) {
        return nanoTime.getAsLong() - since > timeouts.toNanos();
    }
}
