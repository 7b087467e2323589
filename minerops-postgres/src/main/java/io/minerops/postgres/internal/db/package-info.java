/** Connections, transactions and the schema. */
@NullMarked
package io.minerops.postgres.internal.db;

import org.jspecify.annotations.NullMarked;
