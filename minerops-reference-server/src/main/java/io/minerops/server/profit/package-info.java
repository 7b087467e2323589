/** The command that shows the profit of the fleet: options and a table. The library calculates it. */
@NullMarked
package io.minerops.server.profit;

import org.jspecify.annotations.NullMarked;
