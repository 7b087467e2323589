/**
 * What every feature shares: pages, secrets, events, the lease and the {@link io.minerops.api.store.Store} that gathers the
 * stores. Nothing here does I/O or knows a database, a web server or a mail library.
 */
@NullMarked
package io.minerops.api;

import org.jspecify.annotations.NullMarked;
