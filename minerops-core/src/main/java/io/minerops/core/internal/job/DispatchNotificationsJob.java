package io.minerops.core.internal.job;

import io.minerops.core.internal.dispatch.NotificationDispatcher;
import io.minerops.core.job.Job;

/** Delivers the messages that are due, on each instance: the store gives each attempt to one of them. */
public final class DispatchNotificationsJob implements JobTask {
    private final NotificationDispatcher dispatcher;

    /** A job over that dispatcher. */
    public DispatchNotificationsJob(NotificationDispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    @Override
    public String name() {
        return Job.DISPATCH_NOTIFICATIONS.key();
    }

    @Override
    public boolean runsOnEveryInstance() {
        return true;
    }

    @Override
    public void run() {
        while (dispatcher.dispatchDue() > 0) {
            // what became due meanwhile goes out now rather than at the next run
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
        }
    }
}
