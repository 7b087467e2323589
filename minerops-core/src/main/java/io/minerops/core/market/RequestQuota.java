package io.minerops.core.market;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Limits the requests of any minute, so that a service is left before it refuses more. Thread-safe. */
final class RequestQuota {
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final int maxPerMinute;
    private final Deque<Instant> sent = new ArrayDeque<>();

    RequestQuota(int maxPerMinute) {
        this.maxPerMinute = maxPerMinute;
    }

    /** Counts a request; null where it may be sent, else the time from which on one may be. */
    synchronized @Nullable Instant take(Instant now) {
        // after the clock stepped back, nothing says when the requests were sent
        sent.removeIf(at -> !at.plus(WINDOW).isAfter(now) || at.isAfter(now));
        Instant oldest = sent.peekFirst();
        if (oldest != null && sent.size() >= maxPerMinute) {
            return oldest.plus(WINDOW);
        }
        sent.addLast(now);
        return null;
    }
}
