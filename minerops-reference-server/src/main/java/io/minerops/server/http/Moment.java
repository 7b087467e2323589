package io.minerops.server.http;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/** Reads times as clients write them. */
public final class Moment {
    private Moment() {}

    /**
     * The time that a text with date, time and offset says.
     *
     * @throws InvalidArgumentException (the field) if it says none
     */
    public static Instant parse(String field, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new InvalidArgumentException(
                    field, field + " must be a time such as 2026-01-31T12:00:00Z, not " + Check.quote(text));
        }
    }
}
