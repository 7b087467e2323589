package io.minerops.core.discovery;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The time that a discovery lives by, and its only way to wait. */
interface Ticker {
    /** Nanoseconds of a clock that never steps back; only differences mean anything. */
    long nanos();

    /** The next of the queue; null where none has come after so long. */
    <T> @Nullable T next(BlockingQueue<T> queue, long nanos) throws InterruptedException;

    /** Called for each connection as it is booked, for measurements. */
    default void started() {}

    /** The time of this machine. */
    static Ticker system() {
        return new Ticker() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public <T> @Nullable T next(BlockingQueue<T> queue, long nanos) throws InterruptedException {
                return queue.poll(nanos, TimeUnit.NANOSECONDS);
            }
        };
    }
}
