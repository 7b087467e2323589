package io.minerops.sqlite;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import io.minerops.sqlite.internal.db.ConnectionSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;

/**
 * How a {@link SqliteStore} works.
 *
 * @param readers how many reads may run at the same time, 1 to 64
 * @param busyTimeout how long a step waits for another process that holds the file, 0 to 10 minutes
 * @param maxEvents how many events are kept; the oldest give way, 1 or more
 * @param clock what time it is, for {@link io.minerops.api.miner.FleetSnapshot#takenAt()}
 * @param damagedMovedAside whether a file that is found damaged when it is opened is moved aside, and a new one begun;
 *     otherwise it is refused
 */
public record SqliteOptions(
        int readers, Duration busyTimeout, int maxEvents, InstantSource clock, boolean damagedMovedAside) {
    /** The readers of a store that names no number. */
    public static final int DEFAULT_READERS = 3;

    /** The wait of a store that names none. */
    public static final Duration DEFAULT_BUSY_TIMEOUT = Duration.ofSeconds(5);

    /** The events of a store that names no number. */
    public static final int DEFAULT_MAX_EVENTS = 100_000;

    public SqliteOptions {
        Check.between("readers", readers, 1, 64);
        Check.notNegative("busy_timeout", busyTimeout);
        if (busyTimeout.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new InvalidArgumentException(
                    "busy_timeout", "busy_timeout must be at most 10 minutes, not " + busyTimeout);
        }
        Check.between("max_events", maxEvents, 1, Integer.MAX_VALUE);
        Objects.requireNonNull(clock, "clock");
    }

    /** The options of a store that names none. */
    public static SqliteOptions defaults() {
        return new SqliteOptions(
                DEFAULT_READERS, DEFAULT_BUSY_TIMEOUT, DEFAULT_MAX_EVENTS, InstantSource.system(), false);
    }

    /** The same with that many readers. */
    public SqliteOptions withReaders(int value) {
        return new SqliteOptions(value, busyTimeout, maxEvents, clock, damagedMovedAside);
    }

    /** The same with that wait. */
    public SqliteOptions withBusyTimeout(Duration value) {
        return new SqliteOptions(readers, value, maxEvents, clock, damagedMovedAside);
    }

    /** The same with that many events. */
    public SqliteOptions withMaxEvents(int value) {
        return new SqliteOptions(readers, busyTimeout, value, clock, damagedMovedAside);
    }

    /** The same with that clock. */
    public SqliteOptions withClock(InstantSource value) {
        return new SqliteOptions(readers, busyTimeout, maxEvents, value, damagedMovedAside);
    }

    /**
     * The same, with a damaged file moved aside or not. Where it is, the file and its {@code -wal}, {@code -shm} and
     * {@code .lock} get the name {@code <name>.damaged-<UTC time>}, and an error in the log and an event say so. Only a
     * file whose schema this version knows is moved, and only for damage that SQLite or a checksum has found.
     */
    public SqliteOptions withDamagedMovedAside(boolean value) {
        return new SqliteOptions(readers, busyTimeout, maxEvents, clock, value);
    }

    ConnectionSettings connections() {
        return new ConnectionSettings(readers, busyTimeout);
    }
}
