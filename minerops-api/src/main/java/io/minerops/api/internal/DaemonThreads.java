package io.minerops.api.internal;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes threads that do not keep the process alive. */
public final class DaemonThreads {
    private DaemonThreads() {}

    /** A thread of that name, not started. */
    public static Thread of(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Makes threads that all have that name; for executors of one thread. */
    public static ThreadFactory named(String name) {
        return task -> of(name, task);
    }

    /** Makes threads with that beginning of a name and a number from 1. */
    public static ThreadFactory numbered(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> of(prefix + number.incrementAndGet(), task);
    }
}
