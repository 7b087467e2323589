package io.minerops.server.certify;

import java.time.Duration;
import java.time.Instant;

/** Clocks that go only while a watch waits. */
final class TestTicks implements Ticks {
    static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

    private volatile Instant wall = START;
    private long nanos;
    private long pauses;
    private long endAfter = Long.MAX_VALUE;
    private Runnable between = () -> {};

    /** Ends the watch in its wait number so many from now. */
    TestTicks endAfter(long waits) {
        endAfter = pauses + waits;
        return this;
    }

    /** Does something in every wait. */
    TestTicks between(Runnable action) {
        between = action;
        return this;
    }

    /** Lets time pass. */
    void advance(Duration duration) {
        wall = wall.plus(duration);
        nanos += duration.toNanos();
    }

    long pauses() {
        return pauses;
    }

    @Override
    public Instant instant() {
        return wall;
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public boolean pause(Duration duration) {
        advance(duration);
        pauses++;
        between.run();
        return pauses < endAfter;
    }
}
