/**
 * The settings: their names, defaults and meanings in one table, and the typed configuration read from them. Nothing
 * here opens a socket or a database, nor a file but those that the settings name and that must be right to start.
 */
@NullMarked
package io.minerops.server.config;

import org.jspecify.annotations.NullMarked;
