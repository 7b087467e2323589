package io.minerops.server.http;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/** Reads times as clients write them. */
public final class Timestamps {
    /** RFC 3339 knows no others, and milliseconds since 1970 hold them all. */
    private static final int LAST_YEAR = 9999;

    private Timestamps() {}

    /**
     * The time that a text with date, time and offset says, in the years 0 to 9999.
     *
     * @throws InvalidArgumentException (the field) if it says none
     */
    public static Instant parse(String field, String text) {
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            if (time.getYear() >= 0 && time.getYear() <= LAST_YEAR) {
                return time.toInstant();
            }
        } catch (DateTimeParseException e) {
            // refused below, as one that is too far away
        }
        throw new InvalidArgumentException(
                field, field + " must be a time such as 2026-01-31T12:00:00Z, not " + Check.quote(text));
    }
}
