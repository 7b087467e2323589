/**
 * Queries public services for the price of a bitcoin and the difficulty of the network, one after the other where one
 * fails, and remembers the answers for a while. No value may be invented here, and no profit be calculated.
 */
@NullMarked
package io.minerops.core.market;

import org.jspecify.annotations.NullMarked;
