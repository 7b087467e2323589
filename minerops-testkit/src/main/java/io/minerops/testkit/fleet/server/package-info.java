/** The sockets of simulated miners: requests come in, answers go out as they are given. Knows no miner and no trouble. */
@NullMarked
package io.minerops.testkit.fleet.server;

import org.jspecify.annotations.NullMarked;
