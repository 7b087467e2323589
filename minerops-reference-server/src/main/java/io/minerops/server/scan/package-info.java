/** The command that searches a network for miners: arguments, a bar, a table. How to search is the library's. */
@NullMarked
package io.minerops.server.scan;

import org.jspecify.annotations.NullMarked;
