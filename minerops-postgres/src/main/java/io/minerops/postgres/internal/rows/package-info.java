/** The tables of the store. */
@NullMarked
package io.minerops.postgres.internal.rows;

import org.jspecify.annotations.NullMarked;
