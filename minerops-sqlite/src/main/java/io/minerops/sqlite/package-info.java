/**
 * The embedded store: one SQLite file, one writer, a few readers, and the latest readings in the heap. SQL lives here
 * and nowhere else; what an alert means or what a miner earns does not.
 */
@NullMarked
package io.minerops.sqlite;

import org.jspecify.annotations.NullMarked;
