/**
 * The settings: their names, defaults and meanings in one table, and the typed configuration read from them. Nothing
 * here opens a file other than the one named with {@code --config}, a socket or a database.
 */
@NullMarked
package io.minerops.server.config;

import org.jspecify.annotations.NullMarked;
