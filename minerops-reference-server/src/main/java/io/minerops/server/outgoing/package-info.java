/** Requests of the server to other servers. */
@NullMarked
package io.minerops.server.outgoing;

import org.jspecify.annotations.NullMarked;
