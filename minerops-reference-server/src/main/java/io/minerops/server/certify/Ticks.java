package io.minerops.server.certify;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The time of a watch: both clocks of this machine, and the wait between two polls. */
interface Ticks extends InstantSource {
    /** Nanoseconds of a clock that is never set, from any beginning. */
    long nanos();

    /** Waits; false where the watch is to end instead. */
    boolean pause(Duration duration);

    /** The clocks of this machine, until the latch is open. */
    static Ticks until(CountDownLatch end) {
        InstantSource wall = InstantSource.system();
        return new Ticks() {
            @Override
            public Instant instant() {
                return wall.instant();
            }

            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public boolean pause(Duration duration) {
                try {
                    return !end.await(Math.max(0, duration.toMillis()), TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
        };
    }
}
