package io.minerops.core.market;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes only where a test puts it. */
final class SettableClock implements InstantSource {
    static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

    private volatile Instant now = START;

    @Override
    public Instant instant() {
        return now;
    }

    /** Moves the clock; from the test's own thread only. */
    synchronized void advance(Duration duration) {
        now = now.plus(duration);
    }
}
