package io.minerops.api.profit;

import io.minerops.api.InvalidArgumentException;
import java.time.Instant;

/**
 * The difficulty of the Bitcoin network.
 *
 * @param value the difficulty, without unit, above 0
 * @param source the name of the source that gave it
 * @param fetchedAt when it was fetched
 * @param stale whether it is older than it should be, because no source answers
 */
public record Difficulty(double value, String source, Instant fetchedAt, boolean stale) {
    public Difficulty {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new InvalidArgumentException("difficulty", "difficulty must be above 0, not " + value);
        }
    }

    /** The same difficulty, marked as older than it should be. */
    public Difficulty asStale() {
        return stale ? this : new Difficulty(value, source, fetchedAt, true);
    }
}
