package io.minerops.api.event;

import io.minerops.api.internal.Check;
import io.minerops.api.miner.MinerAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened and that an operator may want to read later: a job that failed, a clock that stepped back.
 *
 * @param id the store's number; {@link #UNSAVED} before it is stored
 * @param at when it happened
 * @param level its level
 * @param source the part that reports it, such as {@code poll-metrics}; 1 to 64 characters
 * @param miner the miner it is about; null where it is about none
 * @param message one sentence without secrets; 1 to 2,000 characters
 */
public record Event(
        long id,
        Instant at,
        Level level,
        String source,
        @Nullable MinerAddress miner,
        String message) {
    /** The id of an event that no store has seen. */
    public static final long UNSAVED = 0;

    /** The level of an event, ascending. */
    public enum Level {
        INFO,
        WARNING,
        ERROR
    }

    public Event {
        Check.text("source", source, 64);
        Check.text("message", message, 2_000);
    }

    /** An event that no store has seen yet; a longer message is cut. */
    public static Event of(Instant at, Level level, String source, @Nullable MinerAddress miner, String message) {
        String cut = message.length() <= 2_000 ? message : message.substring(0, 1_999) + "…";
        return new Event(UNSAVED, at, level, source, miner, cut);
    }
}
