package io.minerops.blocks.jdbc;

import io.minerops.api.InvalidArgumentException;
import io.minerops.blocks.Millis;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Times as the file keeps them: ms since the epoch; and the keys that begin with one. */
public final class Times {
    /** The bits of a key that name a miner. */
    public static final int MINER_BITS = 20;

    /** The largest number that a miner can have. */
    public static final int MAX_MINER = (1 << MINER_BITS) - 1;

    /** The latest time that leaves room for a miner: the year 2248. Before the epoch there were no miners. */
    private static final long MAX_KEY_TIME = Long.MAX_VALUE >> MINER_BITS;

    private Times() {}

    /** The ms of a time; one that does not fit becomes the first or the last that does. */
    public static long millis(Instant time) {
        return Millis.of(time);
    }

    /** The time as it comes back from the file. */
    public static Instant stored(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS);
    }

    /** Times in one text, ms separated by commas; null for none. */
    public static @Nullable String list(List<Instant> times) {
        return times.isEmpty()
                ? null
                : times.stream().map(time -> Long.toString(millis(time))).collect(Collectors.joining(","));
    }

    /** The times of such a text. */
    public static List<Instant> list(@Nullable String text) {
        return text == null
                ? List.of()
                : Stream.of(text.split(",", -1))
                        .map(time -> Instant.ofEpochMilli(Long.parseLong(time)))
                        .toList();
    }

    /** The first whole ms that is not before the time. */
    public static long ceiling(Instant time) {
        long millis = millis(time);
        return millis < Long.MAX_VALUE && Instant.ofEpochMilli(millis).isBefore(time) ? millis + 1 : millis;
    }

    /** A ceiling that a key can begin with. */
    public static long keyCeiling(Instant time) {
        return Math.max(0, Math.min(MAX_KEY_TIME, ceiling(time)));
    }

    /** The ms of a time that a key is to begin with. */
    public static long keyMillis(String argument, Instant time) {
        long millis = millis(time);
        if (millis < 0 || millis > MAX_KEY_TIME) {
            throw new InvalidArgumentException(
                    argument,
                    argument + " must be between " + Instant.EPOCH + " and " + Instant.ofEpochMilli(MAX_KEY_TIME)
                            + ", not " + time);
        }
        return millis;
    }

    /** The key of a miner at a time. */
    public static long key(long millis, int miner) {
        return millis << MINER_BITS | miner;
    }

    /** The miner of a key. */
    public static int miner(long key) {
        return (int) (key & MAX_MINER);
    }

    /** The time of a key, ms. */
    public static long keyTime(long key) {
        return key >> MINER_BITS;
    }
}
