/** The commands that look after the database file: a backup, a check and an export. How they are done is elsewhere. */
@NullMarked
package io.minerops.server.db;

import org.jspecify.annotations.NullMarked;
