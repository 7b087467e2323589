package io.minerops.core.device.internal.net;

import java.time.Duration;

/**
 * How long the steps of one exchange may take, nanoseconds.
 *
 * @param connectNanos until the connection stands
 * @param firstByteNanos from then until the reply begins
 * @param exchangeNanos all of it, until the reply is whole
 */
public record ExchangeTimeouts(long connectNanos, long firstByteNanos, long exchangeNanos) {
    private static final Duration LONGEST = Duration.ofDays(1);

    public static ExchangeTimeouts of(Duration connect, Duration firstByte, Duration exchange) {
        return new ExchangeTimeouts(nanos(connect), nanos(firstByte), nanos(exchange));
    }

    private static long nanos(Duration duration) {
        return (duration.compareTo(LONGEST) < 0 ? duration : LONGEST).toNanos();
    }
}
