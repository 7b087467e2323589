package io.minerops.core.cgminer;

import java.time.Duration;

/**
 * How long the steps of one exchange may take, nanoseconds.
 *
 * @param connectNanos until the connection stands
 * @param firstByteNanos from then until the reply begins
 * @param exchangeNanos all of it, until the reply is whole
 */
record Patience(long connectNanos, long firstByteNanos, long exchangeNanos) {
    private static final Duration LONGEST = Duration.ofDays(1);

    static Patience of(Duration connect, Duration firstByte, Duration exchange) {
        return new Patience(nanos(connect), nanos(firstByte), nanos(exchange));
    }

    private static long nanos(Duration duration) {
        return (duration.compareTo(LONGEST) < 0 ? duration : LONGEST).toNanos();
    }
}
