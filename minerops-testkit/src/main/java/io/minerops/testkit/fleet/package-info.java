/**
 * A fleet of simulated miners that speak the CGMiner protocol over real sockets, and the troubles they can be given. No
 * client and nothing that measures or judges a miner may be here.
 */
@NullMarked
package io.minerops.testkit.fleet;

import org.jspecify.annotations.NullMarked;
