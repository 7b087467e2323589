package io.minerops.core.internal.job;

import io.minerops.api.HealthContributor;
import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import io.minerops.api.store.EventStore;
import io.minerops.api.store.Lease;
import io.minerops.core.health.Health;
import io.minerops.core.job.JobListener;
import io.minerops.core.job.JobStatus;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs jobs at their intervals. A job never overlaps itself; one that takes longer than its interval
 * begins again right after its end; one that throws runs again at its next time.
 */
public final class JobScheduler implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(JobScheduler.class);

    /** How long {@link #stop()} waits for runs under way. */
    private static final Duration STOP_TIMEOUT = Duration.ofMillis(2_500);

    /** How long {@link #close()} waits for runs under way. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(1_500);

    private final Map<String, ScheduledJob> jobs = new LinkedHashMap<>();
    private final Lease lease;
    private final EventStore events;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final List<JobListener> listeners;
    private final Set<String> leftOut = new HashSet<>();
    private final TaskPool pool;

    /**
     * A scheduler without jobs.
     *
     * @param lease who may run a job, where several instances share a store
     * @param events where failures are written down
     * @param clock the time that is reported
     * @param listeners who hears of the end of each run
     */
    public JobScheduler(Lease lease, EventStore events, InstantSource clock, List<JobListener> listeners) {
        this(lease, events, clock, System::nanoTime, listeners, TaskPool.owned(null));
    }

    /**
     * A scheduler without jobs whose runs are on these threads.
     *
     * @param executor what runs the jobs, which is not shut down; null for threads of its own
     * @param threads makes the threads of its own; null for daemon threads. Meaningless with an executor
     */
    public JobScheduler(
            Lease lease,
            EventStore events,
            InstantSource clock,
            List<JobListener> listeners,
            @Nullable ScheduledExecutorService executor,
            @Nullable ThreadFactory threads) {
        this(
                lease,
                events,
                clock,
                System::nanoTime,
                listeners,
                executor == null ? TaskPool.owned(threads) : TaskPool.over(executor));
    }

    JobScheduler(
            Lease lease, EventStore events, InstantSource clock, LongSupplier nanoTime, List<JobListener> listeners) {
        this(lease, events, clock, nanoTime, listeners, TaskPool.owned(null));
    }

    private JobScheduler(
            Lease lease,
            EventStore events,
            InstantSource clock,
            LongSupplier nanoTime,
            List<JobListener> listeners,
            TaskPool pool) {
        this.lease = lease;
        this.events = events;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.listeners = List.copyOf(listeners);
        this.pool = pool;
    }

    /**
     * Adds a job, to be called before {@link #start()}.
     *
     * @throws InvalidArgumentException ({@code job}) if another job has the same name
     */
    public JobScheduler add(JobTask job, Duration interval, Duration initialDelay) {
        ScheduledJob added = new ScheduledJob(job, interval, initialDelay, lease, events, clock, nanoTime, listeners);
        if (jobs.putIfAbsent(job.name(), added) != null) {
            throw new InvalidArgumentException(
                    "job", "job must have a unique name: there is a job " + Check.quote(job.name()) + " already");
        }
        // so that a slow poll holds up no alert: of each job one run may wait for another to end
        pool.atLeast(jobs.size() * 2);
        return this;
    }

    /** Leaves a job out of the schedule: it runs only by {@link #runNow} and {@link #runUnderLease}. */
    public void leaveOut(String name) {
        leftOut.add(name);
    }

    /** Starts the schedule. */
    public void start() {
        jobs.values().stream()
                .filter(job -> !leftOut.contains(job.name()))
                .forEach(job -> schedule(job, job.initialDelay()));
    }

    /** How each job fares, in the order they were added. */
    public List<JobStatus> status() {
        return jobs.values().stream().map(ScheduledJob::status).toList();
    }

    /**
     * The jobs as components of readiness, in the order they were added. A job reports a fault when its last runs have
     * failed, when a run does not end, and when one that is due does not begin.
     *
     * @param maxFailedRuns the failed runs in a row with which a job is reported, 1 or more
     */
    public List<HealthContributor> health(int maxFailedRuns) {
        return jobs.entrySet().stream()
                .map(job -> HealthContributor.of(
                        Health.JOB_PREFIX + job.getKey(), () -> job.getValue().fault(maxFailedRuns)))
                .toList();
    }

    /**
     * Runs a job now, after a run of it under way has ended.
     *
     * @throws RuntimeException what the job throws
     */
    public void runNow(String name) {
        named(name).runNow();
    }

    /**
     * Runs a job now, after a run of it under way has ended, unless another instance holds its lease.
     *
     * @return whether it ran
     * @throws RuntimeException what the job throws
     */
    public boolean runUnderLease(String name) {
        return named(name).runUnderLease();
    }

    private ScheduledJob named(String name) {
        ScheduledJob job = jobs.get(name);
        if (job == null) {
            throw new NoSuchElementException("no job is called " + name + "; there are " + jobs.keySet());
        }
        return job;
    }

    /**
     * Runs a job soon on the scheduler's own thread, beside its schedule; once where it is called again before that run
     * begins. Does nothing after {@link #stop()}, and for a job that is left out.
     */
    public void runSoon(String name) {
        ScheduledJob job = jobs.get(name);
        if (job != null && !leftOut.contains(name) && job.wantsRunSoon()) {
            pool.run(job::runSoon, Duration.ZERO);
        }
    }

    /** Begins no more runs, and waits a while for those under way, without disturbing them. */
    public void stop() {
        pool.stop(STOP_TIMEOUT);
    }

    /** Begins no more runs, and interrupts those under way that do not end soon. */
    @Override
    public void close() {
        if (!pool.stop(CLOSE_TIMEOUT)) {
            pool.interrupt();
        }
        jobs.values().forEach(ScheduledJob::leave);
    }

    private void schedule(ScheduledJob job, Duration delay) {
        try {
            job.nextRun(clock.instant().plus(delay), delay);
        } catch (RuntimeException | Error e) {
            // a clock that fails must not end the schedule
            log.error("the next run of job {} is planned without its time", job.name(), e);
        }
        pool.run(() -> runThenScheduleAgain(job), delay);
    }

    /** Whatever a run throws, the next one is planned: otherwise the job would stop silently. */
    private void runThenScheduleAgain(ScheduledJob job) {
        long began = System.nanoTime();
        try {
            job.runOnSchedule();
        } finally {
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            schedule(job, job.untilNext(took));
        }
    }
}
