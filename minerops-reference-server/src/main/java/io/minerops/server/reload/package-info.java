/**
 * Takes up changed rules, channels and log levels while the server runs: all of a change, or nothing of it. What else is
 * set needs a new start.
 */
@NullMarked
package io.minerops.server.reload;

import org.jspecify.annotations.NullMarked;
