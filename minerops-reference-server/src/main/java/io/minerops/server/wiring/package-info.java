/** Builds parts of the library from the settings, for the server and for commands alike. Nothing is started here. */
@NullMarked
package io.minerops.server.wiring;

import org.jspecify.annotations.NullMarked;
