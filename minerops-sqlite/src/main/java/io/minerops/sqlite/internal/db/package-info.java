/** The file: connections, transactions, migrations, locks and errors. */
@NullMarked
package io.minerops.sqlite.internal.db;

import org.jspecify.annotations.NullMarked;
