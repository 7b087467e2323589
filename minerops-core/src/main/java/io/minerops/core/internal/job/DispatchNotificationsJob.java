package io.minerops.core.internal.job;

import io.minerops.core.internal.dispatch.NotificationDispatcher;
import io.minerops.core.job.Job;
import java.util.List;

/** Delivers the messages that are due, on each instance: the store gives each attempt to one of them. */
public final class DispatchNotificationsJob implements JobTask {
    private final List<NotificationDispatcher> dispatchers;

    /** A job over dispatchers, of which one that fails keeps those after it from their turn. */
    public DispatchNotificationsJob(NotificationDispatcher... dispatchers) {
        this.dispatchers = List.of(dispatchers);
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
        for (NotificationDispatcher dispatcher : dispatchers) {
            while (dispatcher.dispatchDue() > 0) {
                // what became due meanwhile goes out now rather than at the next run
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
            }
        }
    }
}
