/** The store on PostgreSQL. */
@NullMarked
package io.minerops.postgres;

import org.jspecify.annotations.NullMarked;
