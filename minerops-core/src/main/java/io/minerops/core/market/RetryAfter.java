package io.minerops.core.market;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Reads the header with the time of the next permitted request: seconds or a date (RFC 9110, 10.2.3). */
final class RetryAfter {
    /** The wait where the service does not say. */
    static final Duration DEFAULT = Duration.ofSeconds(60);

    /** The longest wait that is obeyed. */
    static final Duration MAX = Duration.ofHours(1);

    private RetryAfter() {}

    /** How long to wait from now on, 0 to {@link #MAX}. */
    static Duration of(@Nullable String header, Instant now) {
        if (header == null) {
            return DEFAULT;
        }
        String value = header.trim();
        Duration wait = value.matches("[0-9]{1,9}") ? Duration.ofSeconds(Long.parseLong(value)) : until(value, now);
        return wait.isNegative() ? Duration.ZERO : wait.compareTo(MAX) > 0 ? MAX : wait;
    }

    private static Duration until(String date, Instant now) {
        try {
            return Duration.between(
                    now,
                    ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeException unreadable) {
            return DEFAULT;
        }
    }
}
