/**
 * Curtailment: which miners to stop at which power prices, what a strike price would have brought in the past, and the proof
 * of what was shed. Functions over values: no I/O, no threads, no clock and no logger may live here, and nothing that sends a
 * command to a miner.
 */
@NullMarked
package io.minerops.core.curtail;

import org.jspecify.annotations.NullMarked;
