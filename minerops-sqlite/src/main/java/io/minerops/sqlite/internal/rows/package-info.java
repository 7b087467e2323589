/** The tables: each class reads and writes the rows of one kind. */
@NullMarked
package io.minerops.sqlite.internal.rows;

import org.jspecify.annotations.NullMarked;
