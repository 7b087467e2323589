package io.minerops.core.internal.dispatch;

import io.minerops.api.internal.Check;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a message that could not be delivered is tried again.
 *
 * @param first the wait after the first attempt, above 0
 * @param longest the longest wait; each is twice the last up to it
 * @param giveUpAfter how long after the event nothing is tried any more
 */
public record RetrySchedule(Duration first, Duration longest, Duration giveUpAfter) {
    /** After 5 s, 10 s, 20 s … at most 10 min, for a day. */
    public static final RetrySchedule STANDARD =
            new RetrySchedule(Duration.ofSeconds(5), Duration.ofMinutes(10), Duration.ofHours(24));

    /** Waits double so often at most, which keeps the arithmetic in range. */
    private static final int MAX_DOUBLINGS = 20;

    public RetrySchedule {
        Check.positive("first", first);
        Check.positive("longest", longest);
        Check.positive("give_up_after", giveUpAfter);
    }

    /**
     * The next attempt's time.
     *
     * @param createdAt when the event happened
     * @param attempts how many attempts were made, 1 or more
     * @param now when the last of them ended
     * @param requestedWait minimum wait requested by the service; null if none
     * @return the time; empty where it would be too late
     */
    public Optional<Instant> next(Instant createdAt, int attempts, Instant now, @Nullable Duration requestedWait) {
        Duration doubled = first.multipliedBy(1L << Math.min(Math.max(attempts - 1, 0), MAX_DOUBLINGS));
        Duration wait = doubled.compareTo(longest) < 0 ? doubled : longest;
        if (requestedWait != null && requestedWait.compareTo(wait) > 0) {
            wait = requestedWait;
        }
        Instant next = now.plus(wait);
        return next.isAfter(createdAt.plus(giveUpAfter)) ? Optional.empty() : Optional.of(next);
    }
}
