/** The commands that look after the database file: a backup and a check. How both are done is the store's. */
@NullMarked
package io.minerops.server.db;

import org.jspecify.annotations.NullMarked;
