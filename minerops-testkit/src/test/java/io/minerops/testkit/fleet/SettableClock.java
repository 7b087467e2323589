package io.minerops.testkit.fleet;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that moves only when set. */
final class SettableClock implements InstantSource {
    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private volatile Instant now = START;

    @Override
    public Instant instant() {
        return now;
    }

    void set(Duration sinceStart) {
        now = START.plus(sinceStart);
    }
}
