/** Stored history as files for other programs. It knows neither HTTP nor commands, which both use it. */
@NullMarked
package io.minerops.server.history;

import org.jspecify.annotations.NullMarked;
