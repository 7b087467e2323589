package io.minerops.core.internal.job;

import io.minerops.api.internal.DaemonThreads;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks after a delay, on threads of its own or on an executor of the program. That executor serves others too and is
 * not shut down; what ends a pool is the same for both: nothing begins after {@link #stop}, and what runs is waited for.
 */
final class TaskPool {
    private static final Logger log = LoggerFactory.getLogger(TaskPool.class);

    private final ScheduledExecutorService executor;
    private final @Nullable ScheduledThreadPoolExecutor owned;
    private final Set<Task> tasks = new HashSet<>();
    private int running;
    private boolean stopped;

    private TaskPool(ScheduledExecutorService executor, @Nullable ScheduledThreadPoolExecutor owned) {
        this.executor = executor;
        this.owned = owned;
    }

    /** A pool with threads of its own; daemon threads where no factory is given. */
    static TaskPool owned(@Nullable ThreadFactory given) {
        ThreadFactory threads = given != null ? given : DaemonThreads.numbered("minerops-job-");
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, threads);
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return new TaskPool(executor, executor);
    }

    /** A pool on an executor of the program. */
    static TaskPool over(ScheduledExecutorService executor) {
        return new TaskPool(executor, null);
    }

    /** Has at least so many threads, where they are its own. */
    void atLeast(int threads) {
        if (owned != null) {
            owned.setCorePoolSize(threads);
        }
    }

    /** Runs a task after a delay; does nothing after {@link #stop}. */
    void run(Runnable work, Duration delay) {
        synchronized (this) {
            if (stopped) {
                return;
            }
            Task task = new Task(work);
            try {
                task.future = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
                tasks.add(task);
            } catch (RejectedExecutionException e) {
                log.error("a job is not run any more: the executor that was given rejects it", e);
            }
        }
    }

    /**
     * Begins no more tasks, and waits for those that run without interrupting them.
     *
     * @return whether they all ended in time
     */
    boolean stop(Duration timeout) {
        synchronized (this) {
            stopped = true;
            tasks.stream().filter(task -> !task.begun).forEach(task -> task.cancel(false));
        }
        if (owned != null) {
            owned.shutdown();
        }
        try {
            return owned == null
                    ? awaitNone(timeout)
                    : owned.awaitTermination(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Interrupts the tasks that still run. */
    synchronized void interrupt() {
        if (owned != null) {
            owned.shutdownNow();
        }
        List.copyOf(tasks).forEach(task -> task.cancel(true));
    }

    private synchronized boolean awaitNone(Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        while (running > 0) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }

    private synchronized boolean begin(Task task) {
        if (stopped) {
            return false;
        }
        task.begun = true;
        running++;
        return true;
    }

    private synchronized void end(Task task) {
        tasks.remove(task);
        running--;
        notifyAll();
    }

    /** One task; its fields are guarded by the pool. */
    private final class Task implements Runnable {
        private final Runnable work;
        private @Nullable Future<?> future;
        private boolean begun;

        Task(Runnable work) {
            this.work = work;
        }

        @Override
        public void run() {
            if (begin(this)) {
                try {
                    work.run();
                } finally {
                    end(this);
                }
            }
        }

        void cancel(boolean interrupt) {
            if (future != null) {
                future.cancel(interrupt);
            }
        }
    }
}
