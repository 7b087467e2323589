package io.minerops.sqlite.internal.db;

import java.time.Duration;

/**
 * How the connections to one file are opened.
 *
 * @param readers the number of concurrent reads, 1 to 64
 * @param busyTimeout how long a step waits for another process that holds the file, 0 to 10 minutes
 */
public record ConnectionSettings(int readers, Duration busyTimeout) {}
