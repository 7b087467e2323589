/** The command that says what the fleet earns: options and a table. How it is reckoned is the library's. */
@NullMarked
package io.minerops.server.profit;

import org.jspecify.annotations.NullMarked;
