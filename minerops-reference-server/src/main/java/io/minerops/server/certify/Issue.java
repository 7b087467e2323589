package io.minerops.server.certify;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a certificate came about.
 *
 * @param at when it was issued
 * @param software the program and its version
 * @param pollsSha256 the SHA-256 of the file of polls, in hex; null where it is of stored history
 */
record Issue(Instant at, String software, @Nullable String pollsSha256) {}
