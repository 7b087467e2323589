package io.minerops.core;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes only where a test puts it. */
public final class TestClock implements InstantSource {
    public static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

    private volatile Instant now = START;

    @Override
    public Instant instant() {
        return now;
    }

    public synchronized void advance(Duration duration) {
        now = now.plus(duration);
    }
}
